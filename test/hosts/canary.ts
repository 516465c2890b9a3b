import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Sandbox } from '../../sandbox/src/server';
import { control, fault as setFault, message, messages } from '../sandbox/client';
import { readCertificates } from '../support/certificates';
import { startEcho, echoWays, type EchoWay } from '../support/echo';
import { endpointOf, faults as matrixFaults, startEndless, type Fault } from '../support/faults';
import { setProxies, startProxy } from '../support/proxy';
import { startSandbox } from '../support/sandbox';
import { startSecure } from '../support/secureServer';

/**
 * A text that must be told nowhere. Its mark is of letters and digits only, so that it stands unchanged in every
 * spelling but base64: in JSON, however often escaped, in a URL and in HTML.
 */
export interface Canary {
  text: string;
  mark: string;
}

function canary(before = ''): Canary {
  const mark = randomBytes(12).toString('hex');
  return { text: `${before}${mark} "é" /+&=`, mark };
}

export const canaries = { ownerId: canary(), token: canary(), body: canary('<p>'), attachment: canary() };

/** Base64 of a mark for each place in a group of three bytes, without the letters that its neighbours change. */
function inBase64(mark: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('-'.repeat(before) + mark).toString('base64');
    return encoded.slice(Math.ceil((before * 4) / 3), Math.floor(((before + mark.length) * 4) / 3));
  });
}

/** What of the canaries stands in a text that was found somewhere, one sentence each with what stands around it. */
export function leaks(place: string, text: string): string[] {
  const lower = text.toLowerCase();
  return Object.entries(canaries).flatMap(([name, { mark }]) => {
    const at = [lower.indexOf(mark), ...inBase64(mark).map((one) => text.indexOf(one))].find(
      (one) => one !== -1,
    );
    return at === undefined ? [] : [`${name} in ${place}: …${text.slice(Math.max(at - 200, 0), at + 50)}…`];
  });
}

/** How long a person who makes a call is answered at the latest; a test that never ends says nothing. */
export const patience = () => AbortSignal.timeout(60_000);

/** A text in pieces, for an expression that puts it together: who writes it down does not write the mark. */
export function inPieces({ text }: Canary, operator: '+' | '&'): string {
  const pieces = text.match(/.{1,5}/g) ?? [];
  return pieces.map((piece) => JSON.stringify(piece)).join(` ${operator} `);
}

export const operationNames: OperationName[] = [
  'sendMail',
  'sendTemplate',
  'sendTemplateGet',
  'getMessageInfo',
];

/** A fault of the matrix, a service that repeats what it is sent, or a way through a proxy to a service behind TLS. */
interface CanaryFault extends Fault {
  echo?: EchoWay;
  isProxied?: boolean;
}

export const faults: readonly CanaryFault[] = [
  { name: 'none' },
  { name: 'none, through a proxy', isProxied: true },
  ...matrixFaults,
  ...echoWays.map((echo) => ({ name: `repeated in ${echo}`, echo })),
];

/** No longer than a person waits who tests the account. */
function shortDelay({ sandbox }: Fault): object {
  return Number(sandbox?.delayMs) > 3000 ? { delayMs: 3000 } : {};
}

export interface Stage {
  sandbox: Sandbox;
  /** What a host's environment says of the proxy, and of the authority of the service behind TLS. */
  env: Record<string, string>;
  /** Sets a fault; returns the endpoint of the account under it. */
  set(fault: CanaryFault): Promise<string>;
  /** Checks that the sandbox took a mail with body and attachment, and so from the canaries' account. */
  assertSent(): Promise<void>;
  /** Checks that mails went through the proxy, which saw none of the canaries. */
  assertTunnelled(): void;
  stop(): Promise<void>;
}

/** The sandbox with the canaries' account, and what stands before it or in its place under some faults. */
export async function startStage(): Promise<Stage> {
  setProxies();
  const { ownerId, token } = canaries;
  const certificates = readCertificates();
  const sandbox = await startSandbox({ owner: ownerId.text, token: token.text });
  const secure = await startSecure(certificates.good, sandbox.url);
  const untrusted = await startSecure(certificates.selfSigned, sandbox.url);
  const proxy = await startProxy();
  const endless = await startEndless();
  const echo = await startEcho();
  return {
    sandbox,
    env: {
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1,nowhere.invalid',
      NODE_EXTRA_CA_CERTS: certificates.authorityFile,
    },
    async set(fault) {
      for (const place of ['messages', 'faults']) await control(sandbox.url, place, undefined, 'DELETE');
      if (fault.sandbox) await setFault(sandbox.url, { ...fault.sandbox, ...shortDelay(fault), count: null });
      if (fault.echo) echo.answer(fault.echo);
      if (fault.isProxied) return secure.url;
      return fault.echo
        ? echo.url
        : endpointOf(fault, sandbox.url, { endless: endless.url, untrusted: untrusted.url });
    },
    async assertSent() {
      const sent = (await messages(sandbox.url)).find(({ operation }) => operation === 'sendMail');
      const { html, attachments } = await message(sandbox.url, sent?.id ?? 0);
      assert.equal(html, canaries.body.text);
      const sha256 = createHash('sha256').update(canaries.attachment.text).digest('hex');
      assert.equal(attachments[0]?.sha256, sha256);
    },
    assertTunnelled() {
      for (const name of operationNames)
        assert.ok(
          secure.requests.some((request) => request.endsWith(operations[name].path)),
          name,
        );
      const tunnels = [secure, untrusted].map(({ port }) => `CONNECT localhost:${port}`);
      assert.deepEqual([...new Set(proxy.requests)].sort(), tunnels.sort());
      assert.deepEqual(leaks('what the proxy saw', proxy.seen()), []);
    },
    async stop() {
      endless.stop();
      echo.stop();
      await Promise.all([secure.stop(), untrusted.stop(), proxy.stop(), sandbox.close()]);
      certificates.forget();
    },
  };
}
