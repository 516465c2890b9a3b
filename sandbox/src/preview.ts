import type { FastifyInstance } from 'fastify';
import type { Links } from './links';
import { withImages, withLinks } from './previewHtml';
import type { Store } from './store';
import { tracksClicks } from './tracking';

const params = { type: 'object', properties: { id: { type: 'integer' } } };
const querystring = {
  type: 'object',
  properties: { images: { enum: ['inline', 'all'] }, clicks: { type: 'string' } },
};

/** Neither scripts nor forms nor an origin; what a link opens is a page like any other. */
const sandbox = 'sandbox allow-popups allow-popups-to-escape-sandbox';

function policy(images: string): string {
  return [
    "default-src 'none'",
    sandbox,
    `img-src ${images === 'all' ? 'data: http: https:' : 'data:'}`,
    "style-src 'unsafe-inline'",
    'font-src data:',
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/**
 * Adds the route that hands out a message's HTML made harmless, for the inbox page to show in a frame. Its links open
 * in a new tab; with `clicks`, an address, they record a click of that recipient first, unless the sender turned that off. Images from elsewhere are
 * loaded with `images=all` only.
 */
export function addPreview(scope: FastifyInstance, store: Store, links: Links): void {
  scope.get<{ Params: { id: number }; Querystring: { images?: string; clicks?: string } }>(
    '/messages/:id/preview',
    { schema: { params, querystring } },
    async (request, reply) => {
      const { id } = request.params;
      const { images = 'inline', clicks: email } = request.query;
      const message = store.get(id);
      if (!message?.html) return reply.code(404).send({ error: 'There is no HTML' });
      const isRecipient = message.recipients.some((one) => one.email === email);
      const isRecorded = isRecipient && tracksClicks(message);
      const html = withLinks(message.html, (url, link) =>
        email !== undefined && isRecorded ? links.address({ message: id, link, email }) : url,
      );
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy(images),
      };
      return reply.headers(headers).send(withImages(message, html));
    },
  );
}
