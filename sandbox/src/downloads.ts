import type { FastifyInstance } from 'fastify';
import { withImageAddresses } from '../../shared/request/imageReferences';
import type { MailFile } from './mail';
import { wireMail } from './mail';
import type { Message } from './records';
import type { Store } from './store';

const nothing = "default-src 'none'; sandbox";
const previewPolicy = `${nothing}; img-src data:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'`;

const params = {
  type: 'object',
  properties: { id: { type: 'integer' }, index: { type: 'integer', minimum: 0 } },
};

/** Adds the routes that hand out a message's files, and its HTML made harmless. */
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
  scope.get<{ Params: { id: number } }>(
    '/messages/:id/preview',
    { schema: { params } },
    async (request, reply) => {
      const message = store.get(request.params.id);
      if (!message?.html) return reply.code(404).send({ error: 'There is no HTML' });
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': previewPolicy,
      };
      return reply.headers(headers).send(withImages(message, message.html));
    },
  );
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

/** The HTML with its `cid:` references replaced by the images themselves. */
function withImages({ request }: Message, html: string): string {
  const images = new Map((wireMail(request).images ?? []).map((image) => [image.name, image]));
  return withImageAddresses(html, (id) => {
    const image = images.get(id);
    const [type] = /^[\w/.+-]*/.exec(image?.type ?? '') ?? [];
    return image && `data:${type};base64,${image.content}`;
  });
}
