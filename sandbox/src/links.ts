import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { linkAt } from './previewHtml';
import type { Store } from './store';

/** A link of a message, as one of its recipients follows it. */
interface Followed {
  message: number;
  link: number;
  email: string;
}

/** Where links of emails lead to: it is no control route, as a browser sends no cookie along from an email. */
export const linkPath = '/link';

/**
 * Addresses that record a click and lead on. They are signed, so that only the inbox page can make them: another
 * page could otherwise record clicks, or lead people on from here.
 */
export class Links {
  readonly #key = randomBytes(32);

  address({ message, link, email }: Followed): string {
    const pairs = { message: String(message), link: String(link), email };
    const sign = this.#sign({ message, link, email }).toString('base64url');
    return `${linkPath}?${new URLSearchParams({ ...pairs, sign }).toString()}`;
  }

  isSigned(followed: Followed, sign: string): boolean {
    const own = this.#sign(followed);
    const given = Buffer.from(sign, 'base64url');
    return own.length === given.length && timingSafeEqual(own, given);
  }

  #sign({ message, link, email }: Followed): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([message, link, email]))
      .digest();
  }
}

const querystring = {
  type: 'object',
  properties: {
    message: { type: 'integer' },
    link: { type: 'integer', minimum: 0 },
    email: { type: 'string' },
    sign: { type: 'string' },
  },
  required: ['message', 'link', 'email', 'sign'],
};

/** Adds the route that records a click on a link of an email, and sends the browser on to where the link leads. */
export function addLinks(app: FastifyInstance, store: Store, links: Links): void {
  app.get<{ Querystring: Followed & { sign: string } }>(
    linkPath,
    { schema: { querystring } },
    async ({ query, headers }, reply) => {
      const { sign, ...followed } = query;
      if (!links.isSigned(followed, sign)) {
        return reply
          .code(403)
          .send({ error: 'The link is from an inbox page that was open before a restart' });
      }
      const { message: id, link, email } = followed;
      const url = linkAt(store.get(id)?.html ?? '', link);
      if (url === undefined) return reply.code(404).send({ error: 'The message has been deleted' });
      const event = { event: 'click' as const, email, time: Date.now(), ip: '127.0.0.1' };
      store.addEvents(id, [{ ...event, url, ua: headers['user-agent'] ?? '' }]);
      return reply.code(303).header('location', url).send();
    },
  );
}
