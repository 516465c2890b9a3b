import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import type { Message, MessageSummary } from '../../sandbox/src/records';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, control, message, messages } from '../sandbox/client';
import { failureOf } from '../support/n8nFailure';
import {
  removeEngine,
  runNode,
  type BinaryInput,
  type NodeOutcome,
  type NodeRun,
} from '../support/n8nEngine';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';

/** What an email's request says. */
export type SentMessage = Record<string, unknown> & { attachments?: { name: string }[]; images?: object[] };

export interface Harness {
  /** Runs the node for one item with an email's form, changed as told. */
  run(
    changes: object,
    binary?: Record<string, BinaryInput>,
    json?: object,
    more?: Partial<NodeRun>,
  ): Promise<NodeOutcome>;
  /** What the sandbox took of such a run. */
  sent(...args: Parameters<Harness['run']>): Promise<SentMessage>;
  /** The sentence that such a run ends in, after making sure that no request was made. */
  refusal(...args: Parameters<Harness['run']>): Promise<string | undefined>;
  /** What happens to an email in one attempt, with the account's address changed. */
  sendTo(endpoint: string, options?: object): Promise<{ fate: string; message: string }>;
  /** Address of the sandbox. */
  url(): string;
  /** The emails that the sandbox has taken in this test. */
  inbox(): Promise<MessageSummary[]>;
}

/** A sandbox for the tests of a suite, empty for each, beside n8n's engine. */
export function useSandbox(): () => Sandbox {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(async () => {
    await sandbox.close();
    await removeEngine();
  });
  beforeEach(async () => await clear(sandbox.url, 'messages', 'faults', 'requests'));
  return () => sandbox;
}

/** The node with a sandbox for the tests of a suite. */
export function useNode(): Harness {
  const sandbox = useSandbox();
  const inbox = () => messages(sandbox().url);
  const run: Harness['run'] = (changes, binary = {}, json = {}, more = {}) =>
    runNode({
      parameters: { ...emailForm, ...changes },
      credential: credentialFor(sandbox().url),
      items: [{ json: { ...json }, binary }],
      ...more,
    });
  return {
    run,
    inbox,
    url: () => sandbox().url,
    async sendTo(endpoint, options) {
      const { outputs } = await runNode({
        parameters: { ...emailForm, options: { attempts: 1, ...options } },
        credential: { ...credentialFor(sandbox().url), endpoint },
        settings: { onError: 'continueErrorOutput' },
      });
      const [failed] = outputs[1] ?? [];
      if (!failed) return { fate: 'sent', message: '' };
      const { fate, message } = failureOf(failed);
      return { fate, message };
    },
    async sent(...args) {
      const { error } = await run(...args);
      assert.equal(error, undefined);
      const newest = (await inbox()).at(-1);
      const { request }: Message = await message(sandbox().url, newest?.id ?? 0);
      return (request as { message: SentMessage }).message;
    },
    async refusal(...args) {
      const { error } = await run(...args);
      const log = (await (await control(sandbox().url, 'requests')).json()) as { count: number };
      assert.equal(log.count, 0);
      return error?.message;
    },
  };
}
