import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import { readAccountSettings, requireSecrets } from '../../../shared/wire/account';
import { addressed, type Destination } from '../../../shared/wire/addressed';
import { acceptedText, testAccount } from '../../../shared/accountTest';
import { createRedact } from '../../../shared/response/redact';
import { baseUrl } from '../../../shared/wire/baseUrl';
import type { Transport, TransportRequest } from '../../../shared/wire/transport';
import { within } from './deadline';
import { textHeaders } from '../../../shared/wire/responseBody';
import { clock, hostError, readText, type Body } from './transport';
import { say } from '../../../shared/phrase';

/** n8n's helper for the test of a credential, which has no other. */
type Request = ICredentialTestFunctions['helpers']['request'];

/** What the helper answers to a request such as `toRequest` makes: text where the status says that it failed. */
interface HttpResponse {
  statusCode: number;
  headers: object;
  body: string | Body;
}

/**
 * Answers n8n's test of a credential. A test that is data can only compare values of an answer: it cannot say why
 * there was none, nor read errors in all the forms that the service gives them.
 */
export async function testCredential(
  { helpers: { request } }: ICredentialTestFunctions,
  { data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  let redact = createRedact({});
  try {
    const settings = readAccountSettings(data);
    requireSecrets(settings, 'credential');
    redact = createRedact(settings);
    const transport = createTestTransport(request, { ...settings, baseUrl: baseUrl(settings) });
    const found = await testAccount({ transport, clock, redact }, settings);
    if ('problem' in found) return { status: 'Error', message: redact.error(say(found.problem)) };
    return { status: 'OK', message: acceptedText(found) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'Error', message: redact.error(reason) };
  }
}

/** The core's transport on the helper, with owner ID and token in the body of a POST or the query of a GET. */
function createTestTransport(request: Request, destination: Destination): Transport {
  return {
    async send(call) {
      const options = toRequest(call, destination);
      const attempt = async (over: AbortSignal) => {
        const response: HttpResponse = await request(options).catch(hostError);
        const body = typeof response.body === 'string' ? response.body : await readText(response.body, over);
        return { status: response.statusCode, headers: textHeaders(response.headers), body };
      };
      return await within(call.timeout, attempt, call.signal);
    },
  };
}

function toRequest(call: TransportRequest, destination: Destination): object {
  const { url: uri, body, ...request } = addressed(call, destination);
  return {
    ...request,
    uri,
    timeout: call.timeout,
    followRedirect: false,
    simple: false,
    resolveWithFullResponse: true,
    useStream: true,
    ...(body !== undefined && { body: typeof body === 'string' ? body : Buffer.from(body.buffer) }),
  };
}
