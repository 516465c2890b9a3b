import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from './tarball';

/** A registry on loopback with several versions of one of our packages; other packages come from npm's own. */
export interface PackageRegistry {
  url: string;
  /** The catalogue from which Node-RED's palette manager installs, with the newest version. */
  catalogue: string;
  /** The version that is the newest from now on. */
  publish(version: string): void;
  close(): void;
}

/**
 * Starts a registry that has a package of `build/` under these versions, the first one published.
 * @param tarball its name without its version
 * @param types the nodes that the catalogue names
 */
export async function startPackageRegistry(
  tarball: string,
  versions: readonly string[],
  types: readonly string[],
): Promise<PackageRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'sendclean-registry-'));
  const packed = new Map(versions.map((version) => [version, repack(folder, tarball, version)]));
  const manifest = manifestOf(folder, versions[0] ?? '');
  const name = String(manifest.name);
  let published = versions.slice(0, 1);
  const npm = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .trim()
    .replace(/\/$/, '');

  const versionAt = (version: string, url: string) => {
    const bytes = packed.get(version) ?? Buffer.of();
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    return { ...manifest, version, dist: { tarball: `${url}/tarballs/${version}.tgz`, integrity } };
  };
  const packument = (url: string) => {
    const all = published.map((version) => [version, versionAt(version, url)]);
    return { name, 'dist-tags': { latest: published.at(-1) }, versions: Object.fromEntries(all) as object };
  };
  const catalogue = () => ({
    name: 'Test',
    updated_at: new Date().toISOString(),
    modules: [
      {
        ...{ id: name, version: published.at(-1), description: manifest.description, keywords: ['email'] },
        ...{ updated_at: new Date().toISOString(), types, url: 'https://example.com/' },
      },
    ],
  });

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const [, version = ''] = /^\/tarballs\/(.*)\.tgz$/.exec(path) ?? [];
    const json = (body: object) => {
      const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
      response.writeHead(200, headers).end(JSON.stringify(body));
    };
    if (path === '/catalogue.json') json(catalogue());
    else if (packed.has(version)) response.end(packed.get(version));
    else if (path === `/${name}`) json(packument(registry.url));
    else if (path.startsWith(`/${name}/`)) json(versionAt(path.slice(name.length + 2), registry.url));
    else response.writeHead(302, { location: npm + (request.url ?? '') }).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const registry: PackageRegistry = {
    url,
    catalogue: `${url}/catalogue.json`,
    publish: (version) => void (published = [...published, version]),
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
  return registry;
}

/** The package of a tarball once more, under another version. */
function repack(folder: string, tarball: string, version: string): Buffer {
  const known = unpack(tarball);
  const place = join(folder, version);
  mkdirSync(place);
  cpSync(known.folder, join(place, 'package'), { recursive: true });
  known.remove();
  const manifest = manifestOf(folder, version);
  writeFileSync(join(place, 'package/package.json'), JSON.stringify({ ...manifest, version }));
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: place });
  return readFileSync(join(place, 'package.tgz'));
}

function manifestOf(folder: string, version: string): Record<string, unknown> {
  const file = join(folder, version, 'package/package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
