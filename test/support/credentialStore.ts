import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before } from 'node:test';
import { text } from 'node:stream/consumers';

/** What a credential store was given. */
export interface StoredSecret {
  url: string;
  /** The token with which it was given. */
  token: unknown;
  data: Record<string, unknown>;
}

/** A stand-in for a credential store such as HashiCorp Vault, on loopback, for the tests of a file. */
export function useCredentialStore() {
  const taken: StoredSecret[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { data } = JSON.parse(body) as Pick<StoredSecret, 'data'>;
      taken.push({ url: request.url ?? '', token: request.headers['x-vault-token'], data });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  before(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { taken, url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
