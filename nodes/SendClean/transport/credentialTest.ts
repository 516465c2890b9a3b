import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import {
  accountAccepted,
  readAccountSettings,
  requireSecrets,
  type AccountSettings,
} from '../../../shared/wire/account';
import { testAccount } from '../../../shared/accountTest';
import { jsonBody } from '../../../shared/wire/jsonBody';
import { createRedact } from '../../../shared/response/redact';
import { baseUrl } from '../../../shared/wire/baseUrl';
import { encodeQuery } from '../../../shared/wire/query';
import type { Transport, TransportRequest } from '../../../shared/wire/transport';
import { within } from './deadline';
import { textHeaders } from '../../../shared/wire/responseBody';
import { clock, hostError, readText, type Body } from './transport';

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
    const transport = createTestTransport(request, settings, baseUrl(settings));
    const failure = await testAccount({ transport, clock, redact }, settings);
    if (failure !== undefined) return { status: 'Error', message: redact.error(failure) };
    return { status: 'OK', message: accountAccepted };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'Error', message: redact.error(reason) };
  }
}

/** The core's transport on the helper, with owner ID and token in the body of a POST or the query of a GET. */
function createTestTransport(request: Request, settings: AccountSettings, base: string): Transport {
  return {
    async send(call) {
      const options = toRequest(call, settings, base);
      const attempt = async (over: AbortSignal) => {
        const response: HttpResponse = await request(options).catch(hostError);
        const body = typeof response.body === 'string' ? response.body : await readText(response.body, over);
        return { status: response.statusCode, headers: textHeaders(response.headers), body };
      };
      return await within(call.timeout, attempt, call.signal);
    },
  };
}

function toRequest(
  { method, path, query = [], body, timeout }: TransportRequest,
  { ownerId, token }: AccountSettings,
  base: string,
): object {
  const secrets = { owner_id: ownerId, token };
  const raw = { method, timeout, followRedirect: false, simple: false, resolveWithFullResponse: true };
  const uri = `${base}${path}`;
  const headers = { Accept: 'application/json' };
  if (method === 'GET') {
    const all = encodeQuery([...query, ...Object.entries(secrets)]);
    return { ...raw, useStream: true, headers, uri: `${uri}?${all}` };
  }
  const json = jsonBody({ ...body, ...secrets });
  return {
    ...raw,
    useStream: true,
    uri,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: typeof json === 'string' ? json : Buffer.from(json.buffer),
  };
}
