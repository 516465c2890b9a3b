import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { lookupFor } from './reach';

export interface Sending {
  url: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Whether the URL may be anywhere, not just on this machine and private networks. */
  isAnywhere: boolean;
  /** Aborted when the sandbox closes. */
  closing: AbortSignal;
}

/** What a webhook's URL answered. */
export interface Reception {
  status: number;
  /** The beginning of the text. */
  text: string;
}

/** So much of an answer is read, in characters. */
const longest = 1000;

/**
 * Makes one request; it follows no redirect.
 * @throws Error with a sentence when there is no answer.
 */
export async function exchange({ timeoutMs, closing, ...sending }: Sending): Promise<Reception> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await send(sending, AbortSignal.any([timeout, closing]));
  } catch (error) {
    if (timeout.aborted) throw new Error(`no answer within ${timeoutMs} ms`);
    throw error;
  }
}

type Request = Omit<Sending, 'timeoutMs' | 'closing'>;

function send(
  { url, method, headers = {}, body, isAnywhere }: Request,
  signal: AbortSignal,
): Promise<Reception> {
  return new Promise((resolve, reject) => {
    const address = new URL(url);
    const request = address.protocol === 'https:' ? httpsRequest : httpRequest;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = {
      method,
      headers: { 'user-agent': 'SendClean sandbox', ...headers, ...length },
      agent: false,
      signal,
      ...lookupFor(address, isAnywhere),
    };
    request(address, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text = (text + part).slice(0, longest)));
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end(body);
  });
}

/** What went wrong with a request, in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const code = 'code' in error ? String(error.code) : '';
  return error.message || code;
}
