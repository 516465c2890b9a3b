import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OperationName } from '../../shared/generated/types';
import type { Typed } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const { deploy, result, failure, warningsOf: warnings } = useRuntime();

/** The warnings of a node with these inputs, for messages one after the other. */
async function warningsOf(name: OperationName, inputs: Record<string, Typed>, ...msgs: object[]) {
  await deploy(name, inputs);
  return await warnings(async () => {
    for (const msg of msgs) await result({ ...mail, ...msg });
  });
}

describe('a Node-RED node that sends without what a person meant', () => {
  const causes: [field: string, title: string, input: Typed, source: string][] = [
    ['bcc', 'BCC', ['archive', 'flow'], 'flow.archive'],
    ['replyTo', 'Reply To', ['support', 'global'], 'global.support'],
    ['cc', 'CC', ['order.copies', 'msg'], 'msg.order.copies'],
    ['attachments', 'Attachments', ['payload.files', 'jsonata'], 'its expression'],
    ['fromName', 'From Name', ['SHOP_NAME_NOT_SET', 'env'], 'the environment variable SHOP_NAME_NOT_SET'],
    ['skipSent', 'Skip Already Sent', ['skip', 'flow'], 'flow.skip'],
  ];
  for (const [field, title, input, source] of causes) {
    it(`warns of ${title} from ${source}, once until the next deploy`, async () => {
      const sentence = `${title} counts as empty, because ${source} came to nothing (reported once per deploy)`;
      assert.deepEqual(await warningsOf('sendMail', { [field]: input }, {}, {}), [sentence]);
      assert.deepEqual(await warningsOf('sendMail', { [field]: input }, {}), [sentence]);
    });
  }

  it('warns of each such field', async () => {
    const inputs = { bcc: ['archive', 'flow'], cc: ['copies', 'msg'] } as const;
    const told = await warningsOf('sendMail', inputs, { copies: 'a@example.com' }, { copies: ' ' });
    assert.deepEqual(
      told.map((sentence) => sentence.split(' ')[0]),
      ['BCC', 'CC'],
    );
  });

  it('warns of a limit without which all records are read', async () => {
    const inputs = { xUniqueId: ['a', 'str'], limit: ['most', 'flow'] } as const;
    assert.match((await warningsOf('getMessageInfo', inputs, {})).join(), /^Limit counts as empty/);
  });

  it('says nothing of what a new node takes from the message, and of what is entered', async () => {
    assert.deepEqual(await warningsOf('sendMail', {}, {}, { bcc: '', attachments: [] }), []);
    assert.deepEqual(await warningsOf('sendMail', { bcc: ['', 'flow'], cc: ['[]', 'json'] }, {}), []);
    assert.deepEqual(
      await warningsOf('sendMail', { bcc: ['copies', 'msg'] }, { copies: 'a@example.com' }),
      [],
    );
  });

  it('says nothing where nothing is sent', async () => {
    await deploy('sendMail', { bcc: ['archive', 'flow'], to: ['customer', 'flow'] });
    assert.deepEqual(await warnings(() => failure({ ...mail })), []);
  });
});
