import { SendCleanError } from '../errors';
import { phrase } from '../phrase';

/** The most bytes of an answer; a full page of records has about a hundredth of them. */
const most = 20_000_000;

/** The body of a response as it comes in pieces. */
export interface BodyText {
  /** @throws SendCleanError of kind `unexpectedResponse` when the body is longer than an answer can be. */
  add(piece: Uint8Array): void;
  /** The whole body, once there are no more pieces. */
  end(): string;
}

/** Puts the pieces of a body in UTF-8 together, and no more of them than an answer of the service can have. */
export function bodyText(): BodyText {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  return {
    add(piece) {
      bytes += piece.length;
      if (bytes > most)
        throw new SendCleanError(
          'unexpectedResponse',
          'unknown',
          phrase`SendClean's answer is too large to be one`,
        );
      text += decoder.decode(piece, { stream: true });
    },
    end: () => text + decoder.decode(),
  };
}

/**
 * Reads the body of a response as text.
 * @param pieces the body as it comes; a host closes its connection when no more are asked for.
 * @throws SendCleanError of kind `unexpectedResponse` for a body that is too large, or what the host throws on the way.
 */
export async function readBody(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const text = bodyText();
  for await (const piece of pieces) text.add(piece);
  return text.end();
}

/** Headers as the core's transport gives them: names in lower case, values as text. */
export function textHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
