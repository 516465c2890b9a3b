import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

type Middleware = (request: IncomingMessage, response: object, next: (error?: unknown) => void) => void;

/** What is used of multer, with which Node-RED's http in node takes uploads, see https://github.com/expressjs/multer. */
interface Multer {
  (options: { storage: object }): { any(): Middleware };
  memoryStorage(): object;
}

const fromNodes = createRequire(createRequire(import.meta.url).resolve('@node-red/nodes/package.json'));
const multer = fromNodes('multer') as Multer;

/** The `msg.req` that an http in node makes of a form with files. */
export async function uploaded(form: FormData): Promise<{ files: unknown[] }> {
  const read = multer({ storage: multer.memoryStorage() }).any();
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const arrived = new Promise<{ files: unknown[] }>((resolve, reject) => {
    server.once('request', (request, response) =>
      read(request, response, (error) => {
        response.end();
        if (error) reject(error as Error);
        else resolve(request as unknown as { files: unknown[] });
      }),
    );
  });
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: form });
  server.close();
  return await arrived;
}
