import { readBody } from '../../../shared/events/parameters';
import type { HttpRequest } from '../red';

/** So long may a body be, in bytes: as long as those of Node-RED's own nodes, and longer than any batch. */
export const maxBytes = 5 * 1024 * 1024;

/** A body that was read, or why it was not. */
export type RequestBody = { content: unknown } | 'too long' | 'cut off';

/** The body of a request, also where something in front of this pack has read it. */
export async function requestBody(request: HttpRequest): Promise<RequestBody> {
  const read = isRead(request) ? { content: request.body as unknown } : await bytesOf(request);
  if (typeof read === 'string' || !(read.content instanceof Uint8Array)) return read;
  return { content: await readBody(Uint8Array.from(read.content), request.headers['content-type']) };
}

/** Whether a body parser has read the body; they say so by a property that others look at. */
function isRead(request: HttpRequest & { _body?: boolean }): boolean {
  return request._body === true || request.readableEnded;
}

/** The rest of what is too long is thrown away as it comes, so that the connection can be used again. */
function bytesOf(request: HttpRequest): Promise<RequestBody> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let left = maxBytes;
    if (request.destroyed) return resolve('cut off');
    if (Number(request.headers['content-length']) > maxBytes) resolve('too long');
    request
      .on('data', (piece: Buffer) => {
        left -= piece.length;
        if (left >= 0) pieces.push(piece);
        else resolve('too long');
      })
      .on('end', () => resolve({ content: Buffer.concat(pieces) }))
      .on('close', () => resolve('cut off'));
  });
}
