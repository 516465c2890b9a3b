import { lookup } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

/** Addresses of this machine and of private networks. Link-local ones are none: clouds serve credentials there. */
const own = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  own.addSubnet(network, prefix, 'ipv4');
}
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');

function isOwn(address: string): boolean {
  return own.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** A URL that the sandbox does not call. */
export class OutOfReach extends Error {
  constructor(host: string) {
    super(`${host} is not on this machine or a private network; start the sandbox with --webhooks-anywhere`);
  }
}

/**
 * Looks a name up for a connection, and fails if it leads out of this machine and its private networks. The connection
 * goes to the address that was checked: asking again could bring another.
 */
const lookupOwn: LookupFunction = (host, options, found) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return found(error, []);
    if (!addresses.every(({ address }) => isOwn(address))) return found(new OutOfReach(host), []);
    const [first] = addresses;
    if (options.all || !first) return found(null, addresses);
    return found(null, first.address, first.family);
  });
};

/**
 * What a connection to a URL looks its name up with.
 * @throws OutOfReach when the URL holds an address that the sandbox does not call.
 */
export function lookupFor({ hostname }: URL, isAnywhere: boolean): { lookup?: LookupFunction } {
  if (isAnywhere) return {};
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) && !isOwn(address)) throw new OutOfReach(hostname);
  return { lookup: lookupOwn };
}
