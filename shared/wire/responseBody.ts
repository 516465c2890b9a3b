import { SendCleanError } from '../errors';

/** The most bytes of an answer; a full page of records has about a hundredth of them. */
const most = 20_000_000;

/**
 * Reads the body of a response as text, and no further than an answer of the service can be long.
 * @param pieces the body as it comes; a host closes its connection when no more are asked for.
 * @throws SendCleanError of kind `unexpectedResponse` for a body that is too large, or what the host throws on the way.
 */
export async function readBody(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most) throw tooLarge();
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): SendCleanError {
  return new SendCleanError('unexpectedResponse', 'unknown', "SendClean's answer is too large to be one");
}

/** Headers as the core's transport gives them: names in lower case, values as text. */
export function textHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
