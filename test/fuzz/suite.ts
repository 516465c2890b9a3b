import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import type { OperationName } from '../../shared/generated/types';
import { operations } from '../../shared/generated/operations';
import type { Operation } from '../../shared/model';
import { recordBefore, type Recorder } from '../support/recorder';
import { startSandbox } from '../support/sandbox';
import { fuzz, runsOf } from './check';
import type { Host } from './model';
import { known } from './texts';

/** Whether an operation is about emails. */
function isMessage({ resource }: Operation): boolean {
  return resource === 'message';
}

/** A host that has started. */
interface Started {
  host: Host;
  stop(): Promise<void>;
}

/**
 * The fuzz tests of a host, one for each operation of the table.
 * @param start gives the host whose account is at an address.
 * @param options.share of the cases that are made for a host; all of them by default.
 */
export function fuzzTests(
  name: string,
  start: (url: string) => Promise<Started>,
  { share = 1 }: { share?: number } = {},
): void {
  describe(`whatever is entered into ${name}`, () => {
    let sandbox: Sandbox;
    let recorder: Recorder;
    let started: Started;
    before(async () => {
      sandbox = await startSandbox({ smtpUsers: known.smtp_user_name, templates: known.template_id });
      recorder = await recordBefore(sandbox.url);
      started = await start(recorder.url);
    });
    after(async () => {
      await started.stop();
      await recorder.close();
      await sandbox.close();
    });

    // Emails first: what changes the account may stop its users from sending.
    const all = Object.values<Operation<OperationName>>(operations);
    for (const operation of all.sort((a, b) => Number(isMessage(b)) - Number(isMessage(a)))) {
      const count = `${runsOf(operation, share)} cases`;
      it(`arrives as it is, or is refused in a sentence: ${operation.title}, ${count}`, async () => {
        await fuzz({ host: started.host, sandbox: sandbox.url, recorder }, operation, share);
      });
    }
  });
}
