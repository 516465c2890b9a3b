import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { OperationName } from '../../shared/generated/types';
import type { Sandbox } from '../../sandbox/src/server';
import { message, messages } from '../sandbox/client';
import { startEcho, echoWays, type EchoWay } from '../support/echo';
import {
  endpointOf,
  faults as matrixFaults,
  prepareSandbox,
  startEndless,
  type Fault,
} from '../support/faultMatrix';
import { startSandbox } from '../support/sandbox';

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

/** A fault of the matrix, or a service that repeats what it is sent. */
interface CanaryFault extends Fault {
  echo?: EchoWay;
}

export const faults: readonly CanaryFault[] = [
  { name: 'none' },
  ...matrixFaults,
  ...echoWays.map((echo) => ({ name: `repeated in ${echo}`, echo })),
];

export interface Stage {
  sandbox: Sandbox;
  /** Sets a fault; returns the endpoint of the account under it. */
  set(fault: CanaryFault): Promise<string>;
  /** Checks that the sandbox took a mail with body and attachment, and so from the canaries' account. */
  assertSent(): Promise<void>;
  stop(): Promise<void>;
}

/** The sandbox with the canaries' account, and what stands in its place under some faults. */
export async function startStage(): Promise<Stage> {
  const { ownerId, token } = canaries;
  const sandbox = await startSandbox({ owner: ownerId.text, token: token.text });
  const endless = await startEndless();
  const echo = await startEcho();
  return {
    sandbox,
    async set(fault) {
      await prepareSandbox(sandbox.url, fault);
      if (fault.echo) echo.answer(fault.echo);
      return fault.echo ? echo.url : endpointOf(fault, sandbox.url, endless.url);
    },
    async assertSent() {
      const sent = (await messages(sandbox.url)).find(({ operation }) => operation === 'sendMail');
      const { html, attachments } = await message(sandbox.url, sent?.id ?? 0);
      assert.equal(html, canaries.body.text);
      const sha256 = createHash('sha256').update(canaries.attachment.text).digest('hex');
      assert.equal(attachments[0]?.sha256, sha256);
    },
    async stop() {
      endless.stop();
      echo.stop();
      await sandbox.close();
    },
  };
}
