import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import {
  documentedLine,
  documentedLines,
  documentMatrix,
  fillMatrix,
  toldAnywhere,
  type Case,
  type Matrix,
  type Told,
} from '../support/faultMatrix';
import { faults } from '../support/faults';
import type { RuntimeOptions } from '../support/nodeRed';
import { flowOf, ids, renamed, type Typed } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

/** The message of a case. Cases of one account at the same moment must not be taken for the same email. */
function messageOf({ key, name }: Case) {
  const xUniqueId = `order-${key}`;
  const payloads: Partial<Record<Case['name'], unknown>> = {
    sendMail: mail.payload,
    getMessageInfo: { xUniqueId },
    sendTemplate: {},
    sendTemplateGet: {},
  };
  return { ...mail, template: 'welcome', xUniqueId, payload: payloads[name] };
}

/** The flow of a case, with two attempts at most, or the same with an account that points to the sandbox. */
function flow({ key, name, mode, fault, endpoint, sandbox }: Case, again: boolean): RuntimeOptions {
  const { timeout = 60 } = fault;
  const settings = { endpoint: again ? sandbox.url : endpoint, attempts: '2', timeout: String(timeout) };
  const inputs: Record<Case['mode'], Record<string, Typed>> = {
    none: {},
    lookUp: { whenUnsure: ['lookUp', 'choice'] },
    skip: { skipSent: ['yes', 'choice'] },
  };
  return renamed(flowOf(name, settings, inputs[mode]), keyOf(key, again));
}

const keyOf = (key: string, again: boolean) => `${key}${again ? 'again' : ''}-`;

describe('every fault, with every operation and option, in Node-RED', () => {
  const { red } = useRuntime();
  /** Each kind of error of a send, with each fate that it had. */
  const seen = new Set<string>();

  async function call(one: Case, again: boolean): Promise<Told> {
    const prefix = keyOf(one.key, again);
    red().send(prefix + ids.node, messageOf(one));
    const { id, msg: ended } = await red().nextOf(prefix + ids.out, prefix + ids.caught);
    if (id === prefix + ids.out) {
      const { recovered, skipped } = ended.payload as { recovered?: boolean; skipped?: boolean };
      const { effect } = operations[one.name];
      const fate = effect === 'read' ? 'read' : recovered ? 'recovered' : skipped ? 'skipped' : 'sent';
      return { fate, message: '' };
    }
    const { kind, fate, message, attempts } = ended.sendclean as Required<Told> & { kind: string };
    if (operations[one.name].effect === 'send') seen.add(`${kind} ${fate}`);
    return { fate, message: toldAnywhere(message), attempts };
  }

  let matrix: Matrix;
  before(
    async () => {
      matrix = await fillMatrix(async (cases) => {
        const flows = [...cases.map((one) => flow(one, false)), ...cases.map((one) => flow(one, true))];
        await red().deploy({
          flows: flows.flatMap((one) => one.flows),
          credentials: Object.assign({}, ...flows.map(({ credentials }) => credentials)),
        });
        return call;
      });
      documentMatrix(matrix);
    },
    { timeout: 300_000 },
  );

  for (const fault of faults) {
    it(`ends as docs/delivery.md says: ${fault.name}`, () => {
      assert.equal(matrix.lineOf(fault), documentedLine(fault));
    });
  }

  it('ends in a kind and a fate that the README has', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    assert.ok(seen.size > 5);
    for (const [kind = '', fate = ''] of [...seen].map((one) => one.split(' '))) {
      const row = readme.split('\n').find((line) => line.startsWith(`| [\`${kind}\`]`)) ?? '';
      assert.match(row.split(' | ')[2] ?? '', new RegExp(fate), `${kind}: ${fate}`);
    }
  });

  it('has a line in docs/delivery.md, and no other has one', () => {
    assert.equal(documentedLines().length, faults.length);
  });
});
