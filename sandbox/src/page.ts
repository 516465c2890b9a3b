import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { ControlToken } from './controlToken';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const folder = fileURLToPath(new URL('page/', import.meta.url));

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Adds the inbox page at `/`, and to every answer the headers that keep email content from doing harm.
 * @param controlToken with which `/?token=…` signs a browser in, if there is one
 */
export function addPage(app: FastifyInstance, controlToken: ControlToken | undefined): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('cache-control', 'no-store');
  });
  // Fastify's own answer repeats the address, and a token may be in it.
  app.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send({ error: 'There is no such page' });
  });
  for (const file of readdirSync(folder)) {
    const url = file === 'index.html' ? '/' : `/${file}`;
    const type = types[extname(file)] ?? 'application/octet-stream';
    const content = readFileSync(join(folder, file));
    app.get<{ Querystring: { token?: unknown } }>(url, async ({ query }, reply) => {
      if (url === '/' && controlToken && query.token !== undefined) {
        return controlToken.signIn(query.token, reply);
      }
      await reply.headers({ 'content-type': type, 'content-security-policy': policy }).send(content);
    });
  }
}
