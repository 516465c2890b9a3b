import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { call, fault, mailUnder } from '../sandbox/client';
import { nestings } from '../support/nestings';
import { flowOf, ids } from '../support/nodeRedFlow';
import { assertSentence } from '../support/ownNames';
import { mail, useRuntime, type Failure } from './harness';

const [deep] = nestings;
const forms: Readonly<Record<string, NodeMessage>> = { sendMail: mail };

describe('a message that is nested too deeply for Node-RED to copy', () => {
  const { url, red, deploy, result, failure, taken } = useRuntime();

  /** What Node-RED has logged as errors of the node. */
  const logged = () =>
    red()
      .log()
      .match(/The message cannot be copied \([^)]+\)[^"]*/g)?.length ?? 0;

  const ended = () =>
    red()
      .ended()
      .filter(({ id }) => id === ids.node);

  it('reaches Catch nodes with its error, without what cannot be copied', async () => {
    await deploy('sendMail');
    const before = logged();
    const req = { url: '/order' };
    const msg = await failure({ ...mail, to: 'bob@', data: deep, req, res: req });
    assert.match(msg.error.message, /^To, first recipient must be an email address, got "bob@"/);
    assert.partialDeepStrictEqual(msg.sendclean, { kind: 'validation', fate: 'notSent' });
    assert.partialDeepStrictEqual(msg, { topic: 'Order', req, res: req });
    assert.equal(msg.data, undefined);
    assert.equal(logged(), before + 1);
    assert.equal(ended().length, 1);
  });

  it('goes on with its result, where a Complete node cannot get it', async () => {
    await deploy('sendMail');
    const before = logged();
    assert.partialDeepStrictEqual((await result({ ...mail, data: deep })).payload, { status: 'success' });
    assert.equal(red().waiting(ids.completed), 0);
    assert.equal(logged(), before + 1);
    assert.deepEqual(
      ended().map(({ error }) => error),
      [undefined],
    );
  });

  it('goes on along the first of several wires, after its email was sent', async () => {
    await deploy('sendMail', {}, {}, { wires: [[ids.out, ids.out]] });
    const res = { end: true };
    const msg = await result({ ...mail, data: deep, res });
    assert.partialDeepStrictEqual(msg.payload, { status: 'success' });
    assert.equal(msg.res, res);
    assert.equal((await taken()).message.subject, 'Order');
    assert.equal(red().waiting(ids.out), 0);
    assert.equal(red().waiting(ids.caught), 0);
  });

  it('may hold the response of a broken service, whose fate is unknown', async () => {
    await fault(url(), { kind: 'reply', body: `{"status":${String(nestings[1])}}` });
    await deploy('sendMail');
    const { error, sendclean } = await failure(mail);
    assertSentence(error.message);
    assert.partialDeepStrictEqual(sendclean, { kind: 'unexpectedResponse', fate: 'unknown' });
  });

  it('does not make a message of each record', async () => {
    await call(url(), 'sendMail', mailUnder('mine', 'jane@example.com', 'john@example.com'));
    await deploy('getMessageInfo', {}, {}, { output: 'each' });
    const { error, sendclean } = await failure({ payload: { xUniqueId: 'mine' }, data: deep });
    assert.match(error.message, /^Output must be one message with all records, because the message cannot /);
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', path: 'output' });
  });

  for (const operation of Object.values<Operation<OperationName>>(operations)) {
    it(`is read, or refused in a sentence, in every field: ${operation.title}`, async () => {
      for (const { name } of [...operation.fields, ...settingFields(operation, 'nodeRed')]) {
        await red().deploy(flowOf(operation.name, { endpoint: url() }, { [name]: ['value', 'msg'] }));
        for (const value of nestings) {
          const form = forms[operation.name] ?? { ...mail, payload: {}, template: 'welcome' };
          red().send(ids.node, { ...form, value });
          const { id, msg } = await red().nextOf(ids.out, ids.caught);
          if (id === ids.caught) assertSentence((msg as Failure).error.message);
        }
        assert.equal(ended().length, nestings.length);
      }
    });
  }
});
