import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a registry gives a tarball: at once, piece by piece, the first half only, or not at all. */
export type Pace = 'whole' | 'slow' | 'half' | 'never';

/** A registry of one package, `stalls@1.0.0`. */
export interface NpmRegistry {
  url: string;
  /** How the next tarballs are given. */
  pace: Pace;
  /** How often the tarball was asked for. */
  asked: number;
  /** Connections that are open. */
  connections(): Promise<number>;
  stop(): void;
}

/** Starts a registry on loopback that gives this tarball. */
export async function startRegistry(tarball: Buffer): Promise<NpmRegistry> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      registry.asked += 1;
      give(response, tarball, registry.pace);
    } else response.end(JSON.stringify(packument(registry.url)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const registry: NpmRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pace: 'whole',
    asked: 0,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return registry;
}

function packument(url: string): object {
  const version = { name: 'stalls', version: '1.0.0', dist: { tarball: `${url}/stalls/-/stalls-1.0.0.tgz` } };
  return { name: 'stalls', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } };
}

function give(response: ServerResponse, tarball: Buffer, pace: Pace): void {
  if (pace === 'never') return;
  response.writeHead(200, { 'content-length': tarball.length });
  if (pace === 'whole') response.end(tarball);
  else if (pace === 'half') response.write(tarball.subarray(0, tarball.length / 2));
  else giveSlowly(response, tarball);
}

/** Twenty pieces in sixteen seconds. */
function giveSlowly(response: ServerResponse, tarball: Buffer): void {
  const size = Math.ceil(tarball.length / 20);
  let at = 0;
  const timer = setInterval(() => {
    response.write(tarball.subarray(at, (at += size)));
    if (at < tarball.length) return;
    clearInterval(timer);
    response.end();
  }, 800);
  response.once('close', () => clearInterval(timer));
}
