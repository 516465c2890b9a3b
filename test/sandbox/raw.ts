import { request as httpRequest } from 'node:http';

/** What came back for a request with headers of one's own, `Host` among them, which `fetch` does not allow. */
export interface RawResponse {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Makes one request; it follows no redirect, and gives up on a response that does not end within 10 seconds. */
export function raw(
  url: string,
  headers: Record<string, string> = {},
  options: { method?: string; body?: string } = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', body } = options;
    // Node.js would put the address in place of an empty host.
    const setHost = headers.host === undefined;
    const signal = AbortSignal.timeout(10_000);
    httpRequest(url, { headers, method, setHost, agent: false, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    })
      .on('error', reject)
      .end(body);
  });
}
