import { isIP, isIPv4, isIPv6 } from 'node:net';
import { hostname as machineName } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { linkPath } from './links';

/**
 * The name in a `Host` header, in lower case and without its port; undefined where it is none. A browser sends it
 * as the URL standard writes it, so whatever the parser would drop or rewrite (a user, a path, `127.1`) is refused.
 */
function hostName(header: string): string | undefined {
  const text = header.toLowerCase();
  if (!URL.canParse(`http://${text}`)) return undefined;
  const { hostname } = new URL(`http://${text}`);
  return text.startsWith(hostname) && /^(?::\d+)?$/.test(text.slice(hostname.length)) ? hostname : undefined;
}

function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    (isIPv4(name) && name.startsWith('127.'))
  );
}

/** The name by which a bound address is called in a `Host` header. */
function nameOfAddress(address: string): string | undefined {
  return hostName(isIPv6(address) ? `[${address}]` : address);
}

/** Whether an address to bind can be reached from this machine only. */
export function isLoopback(address: string): boolean {
  const name = nameOfAddress(address);
  return name !== undefined && isLoopbackName(name);
}

/**
 * Refuses requests under foreign host names and from other sites, by which a web page could read the inbox.
 * @param address that the sandbox binds
 * @param names by which other machines may call it, where it does not bind loopback only
 */
export function admitOwn(app: FastifyInstance, address: string, names: readonly string[]): void {
  const isOpen = !isLoopback(address);
  const known = new Set(
    [...names, address, machineName()]
      .map((name) => nameOfAddress(name))
      .filter((name) => name !== undefined),
  );
  // A page that an attacker's domain name has led here keeps that name: an IP address cannot be such a name.
  const isOther = (name: string): boolean => known.has(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0;
  app.addHook('onRequest', async (request, reply) => {
    const name = hostName(request.headers.host ?? '');
    const isOwnName = name !== undefined && (isLoopbackName(name) || (isOpen && isOther(name)));
    if (isOwnName && isOwnSite(request)) return undefined;
    const own = isOpen ? 'addresses, the names that --allow-host adds, and its own page' : 'loopback address';
    return reply.code(403).send({ error: `The sandbox answers only to its own ${own}` });
  });
}

/** Where links from elsewhere may lead to: the inbox page, and what an email in it links to, from a frame of no site. */
const linked = new Set(['/', linkPath]);

/** Browsers leave `Sec-Fetch-Site` out where an address is neither loopback nor https; `Origin` they send there too. */
function isOwnSite({ headers, url }: FastifyRequest): boolean {
  const { 'sec-fetch-site': site = 'none', 'sec-fetch-dest': destination, origin, host } = headers;
  const isLink = destination === 'document' && linked.has(url.split('?', 1)[0] ?? '');
  if (site !== 'same-origin' && site !== 'none' && !isLink) return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase());
}
