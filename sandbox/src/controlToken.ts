import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const cookie = 'sendclean_control';

/** A token that nobody guesses. */
export function makeToken(): string {
  return randomBytes(24).toString('base64url');
}

/** What the control routes ask for where other machines can reach them: a header, or a cookie in a browser. */
export class ControlToken {
  readonly #session: string;

  /** @param token in printable ASCII, as a header carries it */
  constructor(private readonly token: string) {
    // The cookie holds only a digest: cookies have no port, so another server on this machine may see it.
    this.#session = digest(`session ${token}`).toString('hex');
  }

  /** Has the routes of `scope` refuse whoever does not have the token. */
  guard(scope: FastifyInstance): void {
    scope.addHook('onRequest', async (request, reply) => (this.#admits(request) ? undefined : refuse(reply)));
  }

  /** Answers `/?token=…`: the browser gets the cookie, and is sent on so that the token leaves the address bar. */
  async signIn(given: unknown, reply: FastifyReply): Promise<void> {
    if (typeof given !== 'string' || !isSame(given, this.token)) return refuse(reply);
    const value = `${cookie}=${this.#session}; Path=/_sandbox; HttpOnly; SameSite=Strict`;
    await reply.code(303).headers({ location: '/', 'set-cookie': value }).send();
  }

  #admits({ headers }: FastifyRequest): boolean {
    const [, bearer] = /^Bearer ([!-~]+)$/i.exec(headers.authorization ?? '') ?? [];
    if (bearer !== undefined) return isSame(bearer, this.token);
    const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
    return pairs.some((pair) => isSame(pair, `${cookie}=${this.#session}`));
  }
}

async function refuse(reply: FastifyReply): Promise<void> {
  const error =
    'The control token is missing or wrong: send it as “Authorization: Bearer TOKEN”, or open the inbox as /?token=TOKEN';
  await reply.code(401).header('www-authenticate', 'Bearer').send({ error });
}

/** Whether two texts are equal, in a time that does not show how much of them is. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
