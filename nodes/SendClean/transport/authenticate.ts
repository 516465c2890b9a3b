import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { SendCleanError } from '../../../shared/errors';
import { readAccountSettings, requireSecrets, type AccountSettings } from '../../../shared/wire/account';
import { secretsOf } from '../../../shared/wire/addressed';
import { jsonBody } from '../../../shared/wire/jsonBody';
import { notStartedError } from '../../../shared/response/networkErrors';
import { baseUrl } from '../../../shared/wire/baseUrl';

/**
 * Puts base URL, owner ID and token on a request, of the SendClean node or of n8n's HTTP Request. The options that are
 * given stay as they are.
 * @throws SendCleanError when the account cannot be used, or the token could go elsewhere: to another address, or on a
 * way that the request brings along. Nothing was sent then, which the node reads from the error.
 */
export async function authenticate(
  credentials: ICredentialDataDecryptedObject,
  requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
  try {
    const account = readAccountSettings(credentials);
    requireSecrets(account, 'credential');
    const base = baseUrl(account);
    const { url, uri, baseURL, ...options }: RequestOptions = requestOptions;
    const address = new URL(String(url ?? uri ?? '').replace(/^\//, ''), baseURL ?? base);
    if (!address.href.startsWith(base))
      throw refused(`This SendClean account is for ${base} and no other address`);
    refuseOtherWays(options);
    return { ...withSecrets(options, account), ...noRedirects, baseURL: base, url: address.href };
  } catch (error) {
    throw notStartedError(error);
  }
}

/** What n8n's helpers read: those of the SendClean node, and the older ones of n8n's HTTP Request. */
interface RequestOptions extends Partial<IHttpRequestOptions> {
  uri?: unknown;
  form?: unknown;
  formData?: unknown;
  rejectUnauthorized?: unknown;
  strictSSL?: unknown;
  insecure?: unknown;
  agent?: unknown;
  httpAgent?: unknown;
  httpsAgent?: unknown;
}

/** A redirect would take the token along; each of n8n's helpers has its own names for that. */
const noRedirects = {
  disableFollowRedirect: true,
  followRedirect: false,
  followAllRedirects: false,
  maxRedirects: 0,
};

function refused(message: string): SendCleanError {
  return new SendCleanError('validation', 'notSent', message);
}

/** @throws SendCleanError for a request whose own settings decide who else may read it. */
function refuseOtherWays(options: RequestOptions): void {
  const { proxy, skipSslCertificateValidation, insecure, rejectUnauthorized, strictSSL } = options;
  if (proxy)
    throw refused(
      'A request with the SendClean credential goes through no proxy of its own: remove Proxy from the options, and set HTTPS_PROXY in the environment of n8n',
    );
  const isOff = (check: unknown) => check !== undefined && !check;
  if (skipSslCertificateValidation || insecure || isOff(rejectUnauthorized) || isOff(strictSSL))
    throw refused(
      'A request with the SendClean credential is made only if the certificate is valid: remove Ignore SSL Issues from the options',
    );
  const { agent, httpAgent, httpsAgent, agentOptions } = options;
  if (agent || httpAgent || httpsAgent || Object.keys(agentOptions ?? {}).length > 0)
    throw refused(
      'A request with the SendClean credential is made with the connections of n8n: turn SSL Certificates off, and use no agent',
    );
}

/** @throws SendCleanError for a body that is no JSON object: SendClean reads owner ID and token there. */
function withSecrets(
  options: RequestOptions,
  account: Pick<AccountSettings, 'ownerId' | 'token'>,
): RequestOptions {
  const { headers, body, form, formData, ...rest } = options;
  const secrets = secretsOf(account);
  if (isRead(options)) return { ...options, qs: { ...options.qs, ...secrets } };
  if (form !== undefined || formData !== undefined) throw noJson();
  // As text or bytes: n8n's HTTP client leaves names such as “constructor” out of an object.
  const json = jsonBody({ ...fieldsOf(body), ...secrets });
  return {
    ...rest,
    headers: { ...withoutContentType(headers), 'Content-Type': 'application/json' },
    body: typeof json === 'string' ? json : Buffer.from(json.buffer),
  };
}

function isRead({ method = 'GET' }: RequestOptions): boolean {
  return ['GET', 'HEAD'].includes(method.toUpperCase());
}

/** The fields of a body that is a JSON object, or its text. */
function fieldsOf(body: unknown): object {
  if (body === undefined || body === null || body === '') return {};
  const fields = typeof body === 'string' ? parsed(body) : body;
  if (!isPlain(fields)) throw noJson();
  return fields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object of names and values, and no list, bytes, stream or form. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function noJson(): SendCleanError {
  return refused(
    'A request with the SendClean credential needs a JSON object as its body: set Body Content Type to JSON',
  );
}

function withoutContentType(headers: IDataObject = {}): IDataObject {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  return Object.fromEntries(kept);
}
