import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, fault as setFault, message, messages } from '../sandbox/client';
import { startReceiver } from '../sandbox/receiver';
import { readCertificates } from '../support/certificates';
import { startEcho, echoWays, type EchoWay } from '../support/echo';
import { endpointOf, faults as matrixFaults, startEndless, type Fault } from '../support/faults';
import { setProxies, startProxy } from '../support/proxy';
import { startSandbox } from '../support/sandbox';
import { startSecure } from '../support/secureServer';
import { spellings } from '../support/spellings';

/**
 * A text that must be told nowhere, of characters that most spellings change. Its mark is of letters and digits only,
 * which most of them leave as they are.
 */
export interface Canary {
  text: string;
  mark: string;
}

function canary(before = ''): Canary {
  const mark = randomBytes(12).toString('hex');
  return { text: `${before}${mark} "é" /+&=`, mark };
}

/** What a token may begin with: each character is escaped somewhere, and one looks like an escape. */
const odd = `it's+a/tok en%41"`;

export const canaries = {
  ownerId: canary(odd),
  token: canary(odd),
  body: canary('<p>'),
  attachment: canary(),
};

/** Secrets of the account that the sandbox made: the password of an SMTP user and the key of a webhook. */
const accountSecrets = new Map<string, Canary>();

/** Base64 of a mark for each place in a group of three bytes, without the letters that its neighbours change. */
function inBase64(mark: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('-'.repeat(before) + mark).toString('base64');
    return encoded.slice(Math.ceil((before * 4) / 3), Math.floor(((before + mark.length) * 4) / 3));
  });
}

/** A text in lower case, without what escapes an escape once more. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\\+/g, '\\')
    .replace(/%(?:25)+/g, '%')
    .replace(/&(?:amp;)+/g, '&');
}

/** What of the canaries is in a text that was found somewhere, one sentence each with what is around it. */
export function leaks(place: string, text: string): string[] {
  const read = plain(text);
  return [...Object.entries(canaries), ...accountSecrets].flatMap(([name, { mark }]) => {
    const spelled = [...new Set(Object.values(spellings).map((spell) => plain(spell(mark))))];
    const found = [
      ...spelled.map((one) => around(read, read.indexOf(one))),
      ...inBase64(mark).map((one) => around(text, text.indexOf(one))),
    ].find((piece) => piece !== undefined);
    return found === undefined ? [] : [`${name} in ${place}: …${found}…`];
  });
}

function around(text: string, at: number): string | undefined {
  return at === -1 ? undefined : text.slice(Math.max(at - 200, 0), at + 50);
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
  'listSmtp',
  'listWebhook',
];

/** A fault of the matrix, a service that repeats what it is sent, or a way through a proxy to a service behind TLS. */
interface CanaryFault extends Fault {
  echo?: EchoWay;
  /** What such a service says in place of what it is sent. */
  said?: string;
  isProxied?: boolean;
}

/** The ways in which a service says what hosts tell of an error, of a result and of a page. */
const spelledWays = ['error', 'success', 'web page'] as const;

const secrets = `${canaries.token.text} ${canaries.ownerId.text}`;

export const faults: readonly CanaryFault[] = [
  { name: 'none' },
  { name: 'none, through a proxy', isProxied: true },
  ...matrixFaults,
  ...echoWays.map((echo) => ({ name: `repeated in ${echo}`, echo })),
  ...spelledWays.flatMap((echo) =>
    Object.entries(spellings).map(([title, spell]) => ({
      name: `repeated in ${echo}, ${title}`,
      echo,
      said: spell(secrets),
    })),
  ),
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
  /** Checks that the sandbox took an email of each send, so from the canaries' account, and one with all content. */
  assertSent(): Promise<void>;
  /** Checks that emails went through the proxy, which saw none of the canaries. */
  assertTunnelled(): void;
  stop(): Promise<void>;
}

/** Gives the account a webhook beside its SMTP user, and learns the secrets of both. */
async function fillAccount(url: string): Promise<void> {
  const receiver = await startReceiver();
  const body = {
    owner_id: canaries.ownerId.text,
    token: canaries.token.text,
    url: receiver.url,
    event: 'spam',
  };
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  assert.equal((await fetch(`${url}/v1.0/${operations.addWebhook.path}`, init)).status, 200);
  receiver.close();
  const ask = async (path: string) => (await (await fetch(`${url}/_sandbox/${path}`)).json()) as object;
  const { smtpUsers, webhooks } = (await ask('settings')) as Record<string, { name: string; id: string }[]>;
  const paths = [`smtp-users/${smtpUsers?.[0]?.name}/password`, `webhooks/${webhooks?.[0]?.id}/key`];
  for (const path of paths)
    for (const [name, text] of Object.entries(await ask(path)))
      accountSecrets.set(name, { text: String(text), mark: String(text) });
  assert.deepEqual([...accountSecrets.keys()].sort(), ['key', 'password']);
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
  const taken = new Set<string>();
  await fillAccount(sandbox.url);
  return {
    sandbox,
    env: {
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1,nowhere.invalid',
      NODE_EXTRA_CA_CERTS: certificates.authorityFile,
    },
    async set(fault) {
      for (const { operation } of await messages(sandbox.url)) taken.add(operation);
      await clear(sandbox.url, 'messages', 'faults');
      if (fault.sandbox) await setFault(sandbox.url, { ...fault.sandbox, ...shortDelay(fault), count: null });
      if (fault.echo) echo.answer(fault.echo, fault.said);
      if (fault.isProxied) return secure.url;
      return fault.echo
        ? echo.url
        : endpointOf(fault, sandbox.url, { endless: endless.url, untrusted: untrusted.url });
    },
    async assertSent() {
      const sends = operationNames.filter((name) => operations[name].effect === 'send');
      assert.deepEqual([...taken].sort(), sends.sort());
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
