import type { FastifyInstance } from 'fastify';
import { ControlError } from './controlError';
import { hasRemoteImages } from './previewHtml';
import type { Store } from './store';

const params = { type: 'object', properties: { id: { type: 'integer' } } };

/** Adds the routes that the inbox page reads: what it shows, and no content of files, which can be large. */
export function addInbox(scope: FastifyInstance, store: Store): void {
  scope.get<{ Params: { id: number } }>('/inbox/:id', { schema: { params } }, ({ params: { id } }) => {
    const message = store.get(id);
    if (!message) throw new ControlError(`There is no message ${id}`, 404);
    const { request, wire, ...shown } = message;
    const raw = { ...wire, body: withoutContents(wire.body) };
    const smtpUser = 'smtp_user_name' in request ? String(request.smtp_user_name) : null;
    return { ...shown, smtpUser, wire: raw, remoteImages: hasRemoteImages(message.html ?? '') };
  });
}

/** How long a string of a request may be in the page: an email's text, but not a file. */
const longest = 200_000;

/** The body of a request with a note in place of each very long string. */
function withoutContents(body: string): string {
  return body.length <= longest
    ? body
    : body.replace(/"[\w+/=]{1000,}"/g, (text) => `"… ${text.length - 2} characters of base64"`);
}
