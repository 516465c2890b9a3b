/** One run of a node in n8n's own engine: time, CPU time and memory inside its `execute`. */
import { randomBytes } from 'node:crypto';
import type { INodeType } from 'n8n-workflow';
import { removeEngine, runNode } from '../../support/n8nEngine';
import { credentialFor } from '../../support/n8nForm';
import { answer } from './answer';
import { countsOf, settle, type Counts, type Settings } from './control';
import { startMeter, type Spent } from './meter';
import { httpRequest, sendClean, type Subject } from './n8nNodes';

export interface N8nArgs {
  node: 'SendClean' | 'HTTP Request';
  items: number;
  /** Items before those that are measured. */
  warmUp?: number;
  url: string;
  settings?: Settings;
  /** Requests at once, for a node that has this setting. */
  atOnce?: number;
  /** Bytes of the file that each item attaches; none if 0. */
  attachment?: number;
  /** Whether to look at what is held meanwhile. */
  samples?: boolean;
}

export type RunCost = Spent & Counts;

const subjects = { SendClean: sendClean, 'HTTP Request': httpRequest };

/** The node with a meter in its `execute`. */
function metered(type: INodeType, samples: boolean): { type: INodeType; spent: () => Spent } {
  let spent: Spent | undefined;
  return {
    type: {
      description: type.description,
      async execute() {
        const stop = startMeter(samples);
        const outputs = (await type.execute?.call(this)) ?? null;
        spent = await stop();
        return outputs;
      },
    },
    spent: () => spent ?? { wall: NaN, cpu: NaN, peak: NaN, held: NaN, kept: NaN },
  };
}

answer(async (args: N8nArgs): Promise<RunCost> => {
  const { node, url, items: count, warmUp = 20, settings = {} } = args;
  const { atOnce = 10, attachment = 0, samples = false } = args;
  const subject = subjects[node]({ url, atOnce, attaches: attachment > 0 });
  await run(subject, url, warmUp, attachment && 1000);
  await settle(url, settings);
  const { type, spent } = metered(subject.type, samples);
  await run({ ...subject, type }, url, count, attachment);
  const counts = await countsOf(url);
  await removeEngine();
  return { ...spent(), ...counts };
});

/** @throws Error when an item has failed: nothing of worth was measured. */
async function run(subject: Subject, url: string, count: number, attachment: number): Promise<void> {
  const file = attachment > 0 && { bytes: randomBytes(attachment), fileName: 'file.pdf' };
  const items = Array.from({ length: count }, (_, index) => ({
    json: { to: `jane${index}@example.com`, name: `Jane ${index}`, subject: `Order ${index}` },
    ...(file && { binary: { file } }),
  }));
  const { outputs, error } = await runNode({ ...subject, credential: credentialFor(url), items });
  if (error) throw error;
  const sent = outputs[0]?.filter(({ json }) => json.status === 'success').length;
  if (sent !== count) throw new Error(`${sent} of ${count} mails were sent`);
}
