/**
 * The signature of a batch. That there is one is public, and that it is an HMAC-SHA1 with the webhook's key; what is
 * signed is not. This is the rule of Mandrill, whose API the service's descends from; SendClean has not confirmed it.
 */

/** The header that holds a batch's signature, in lower case. */
export const signatureHeader = 'x-sendcleantes-signature';

/** What is used of https://w3c.github.io/webcrypto/#subtlecrypto-interface, which a host has as `crypto.subtle`. */
export interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: { name: 'HMAC'; hash: 'SHA-1' },
    extractable: boolean,
    usages: ['verify'],
  ): Promise<unknown>;
  verify(
    algorithm: 'HMAC',
    key: unknown,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

/** What a signature is checked with. */
export interface Signed {
  /** The webhook's address, exactly as it was registered. */
  url: string;
  /** The parameters of the POST request. */
  parameters: Readonly<Record<string, unknown>>;
  /** The webhook's key. */
  key: string;
  /** The header's value: base64, or hexadecimal digits. */
  signature: unknown;
}

/** Whether a signature fits; the comparison takes the same time for every wrong one. */
export async function isSigned(subtle: Subtle, signed: Signed): Promise<boolean> {
  const bytes = bytesOf(signed.signature);
  if (!bytes || signed.key === '') return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-1' } as const;
  const encoder = new TextEncoder();
  const key = await subtle.importKey('raw', encoder.encode(signed.key), algorithm, false, ['verify']);
  return subtle.verify('HMAC', key, bytes, encoder.encode(signedText(signed)));
}

/** A key that a host has read from the service, and when, in milliseconds since 1970. */
export interface HeldKey {
  key?: string | undefined;
  keyReadAt?: number | undefined;
}

/** How long a key counts before a signature that does not fit has it read again, in milliseconds. */
const keyAge = 60_000;

/**
 * Whether a request is signed with the key that is held, or with the one that took its place: a key can be reset. It is
 * read again once a minute at most, so that nobody can have it read by making signatures up.
 * @param held takes what is read.
 * @param readKey asks the service, and may throw; the next request asks again then.
 */
export async function isSignedNow(
  subtle: Subtle,
  signed: Omit<Signed, 'key'>,
  held: HeldKey,
  { now, readKey }: { now: number; readKey: () => Promise<string | undefined> },
): Promise<boolean> {
  if (signed.signature === undefined) return false;
  const fits = async () => await isSigned(subtle, { ...signed, key: held.key ?? '' });
  if (await fits()) return true;
  if (now - (held.keyReadAt ?? -keyAge) < keyAge) return false;
  held.key = await readKey();
  held.keyReadAt = now;
  return await fits();
}

/** The address, then each parameter's name and value in the order of the names, without separators. */
export function signedText({ url, parameters }: Pick<Signed, 'url' | 'parameters'>): string {
  const names = Object.keys(parameters).sort();
  return url + names.map((name) => name + String(parameters[name])).join('');
}

/** An HMAC-SHA1 has 20 bytes. */
function bytesOf(signature: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof signature !== 'string') return undefined;
  const text = signature.trim();
  if (/^[0-9a-f]{40}$/i.test(text)) {
    const pairs = Array.from({ length: 20 }, (_, index) => text.slice(2 * index, 2 * index + 2));
    return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
  }
  if (/^[0-9a-z+/]{27}=$/i.test(text)) return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  return undefined;
}
