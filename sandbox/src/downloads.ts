import type { FastifyInstance } from 'fastify';
import type { MailFile } from './mail';
import { wireMail } from './mail';
import type { Store } from './store';

const nothing = "default-src 'none'; sandbox";

const params = {
  type: 'object',
  properties: { id: { type: 'integer' }, index: { type: 'integer', minimum: 0 } },
};

/** Adds the routes that hand out a message's files. */
export function addDownloads(scope: FastifyInstance, store: Store): void {
  for (const kind of ['attachments', 'images'] as const) {
    scope.get<{ Params: { id: number; index: number } }>(
      `/messages/:id/${kind}/:index`,
      { schema: { params } },
      async (request, reply) => {
        const message = store.get(request.params.id);
        const file = message && wireMail(message.request)[kind]?.[request.params.index];
        if (!file) return reply.code(404).send({ error: 'There is no such file' });
        return reply.headers(downloadHeaders(file)).send(Buffer.from(file.content, 'base64'));
      },
    );
  }
}

/** Headers under which a browser saves a file and never shows it, its name encoded by RFC 6266; half surrogates are replaced. */
function downloadHeaders({ name, type }: MailFile): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/gu, '_');
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-type': /^[\x20-\x7e]+$/.test(type) ? type : 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'content-security-policy': nothing,
  };
}
