import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { util } from '@node-red/util';
import type { Node, NodeAPI, NodeDef } from '../../node-red/src/red';
import { typedInputs } from '../../node-red/src/typedInputs';

const RED = { util } as NodeAPI;
const node = { id: 'node', type: 'test' } as Node;
const field = { name: 'subject', title: 'Subject' };

/** What a node takes from a message by one typed input, by Node-RED's own rules. */
async function valueOf(value: string, type: string, msg: object = {}): Promise<unknown> {
  const definition = { id: 'node', type: 'test', subject: value, subjectType: type } as unknown as NodeDef;
  return (await typedInputs(RED, node, definition, [field])({ ...msg })).subject;
}

describe("a typed input by Node-RED's own evaluation", () => {
  for (const [value, type, expected] of [
    ['Hi', 'str', 'Hi'],
    ['42', 'num', 42],
    ['true', 'bool', true],
    ['{"a":1}', 'json', { a: 1 }],
    ['[104,105]', 'bin', Buffer.from('hi')],
    ['order.lines[1]', 'msg', 'two'],
    ['order.lines[msg.index]', 'msg', 'one'],
    ['"Order " & order.id', 'jsonata', 'Order 7'],
    ['order.none', 'jsonata', undefined],
    ['order.none.deeper', 'msg', undefined],
    ['', 'msg', undefined],
  ] as const)
    it(`gives ${JSON.stringify(expected) ?? 'nothing'} for ${value || 'nothing'} as ${type}`, async () => {
      const msg = { index: 0, order: { id: 7, lines: ['one', 'two'] } };
      assert.deepEqual(await valueOf(value, type, msg), expected);
    });

  it('takes an environment variable', async () => {
    process.env.SENDCLEAN_TEST_SUBJECT = 'From the environment';
    try {
      assert.equal(await valueOf('SENDCLEAN_TEST_SUBJECT', 'env'), 'From the environment');
    } finally {
      delete process.env.SENDCLEAN_TEST_SUBJECT;
    }
  });

  for (const [value, type] of [
    ['$uppercase(1)', 'jsonata'],
    ['"Order " & (', 'jsonata'],
    ['{"a":', 'json'],
    ['order[', 'msg'],
  ] as const)
    it(`is refused by the label of its field: ${value} as ${type}`, async () => {
      await assert.rejects(valueOf(value, type, { order: {} }), {
        kind: 'validation',
        fate: 'notSent',
        message: /^Subject cannot be evaluated \(.+\)$/,
      });
    });
});
