import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import {
  documentedLine,
  fillMatrix,
  toldAnywhere,
  type Case,
  type Matrix,
  type Told,
} from '../support/faultMatrix';
import { faults } from '../support/faults';
import { failureOf } from '../support/n8nFailure';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';

const form = {
  fromEmail: 'shop@example.com',
  to: 'jane@example.com',
  subject: 'Order',
  html: '<p>Thanks</p>',
  templateId: 'welcome',
};

/** Makes the call of a case, with two attempts at most. */
async function call({ key, name, mode, fault, endpoint, sandbox }: Case, again: boolean): Promise<Told> {
  const { resource, effect } = operations[name];
  const chosen = { none: {}, lookUp: { whenUnsure: 'lookUp' }, skip: { skipSent: true } }[mode];
  const { timeout = 60 } = fault;
  // Cases of one account at the same moment must not be taken for the same email.
  const xUniqueId = `order-${key}`;
  const { outputs } = await runNode({
    parameters: {
      ...form,
      resource,
      operation: name,
      xUniqueId,
      options: { xUniqueId, attempts: 2, timeout, ...chosen },
    },
    credential: { ...credentialFor(sandbox.url), endpoint: again ? sandbox.url : endpoint },
    settings: { onError: 'continueErrorOutput' },
  });
  const [failed] = outputs[1] ?? [];
  if (!failed) {
    const { recovered, skipped } = outputs[0]?.[0]?.json ?? {};
    const fate = effect === 'read' ? 'read' : recovered ? 'recovered' : skipped ? 'skipped' : 'sent';
    return { fate, message: '' };
  }
  const { fate, message } = failureOf(failed);
  return { fate, message: toldAnywhere(message) };
}

/** What n8n does not tell: how many requests were tried where none can arrive, and that TLS failed before one left. */
function asToldByN8n(line: string, made: readonly string[]): string[] {
  const told = /^\| no TLS /.test(line)
    ? line
        .replaceAll(/notSent(?= \|.*notSent)/g, 'unknown')
        .replace(/no secure .*account/, 'the connection broke before an answer came')
    : line;
  return told.split(' | ').map((cell, column) => (made[column] === '?' ? '?' : cell));
}

describe('every fault, with every operation and option, in n8n', () => {
  after(removeEngine);

  let matrix: Matrix;
  before(async () => (matrix = await fillMatrix(async () => call)), { timeout: 300_000 });

  for (const fault of faults) {
    it(`ends as docs/delivery.md says: ${fault.name}`, () => {
      const cells = matrix.lineOf(fault).split(' | ');
      assert.deepEqual(cells, asToldByN8n(documentedLine(fault), cells));
    });
  }
});
