import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { flowOf, ids, type Typed } from '../support/nodeRedFlow';
import { assertSentence, holding, ownNames } from '../support/ownNames';
import { mail, useRuntime, type Failure } from './harness';

/** Properties that rules read beside those that feed a field. */
const read = [
  'priority',
  'title',
  'description',
  'filename',
  'header',
  'html',
  'headers',
  'statusCode',
  'req',
  'res',
];

describe("what has the name of every object's own", () => {
  const { red, url, result } = useRuntime();

  /** Sends messages at once; each of them must go on, or end in a sentence with its data. */
  async function sendAll(name: OperationName, inputs: Record<string, Typed>, msgs: readonly NodeMessage[]) {
    await red().deploy(flowOf(name, { endpoint: url() }, inputs));
    for (const msg of msgs) red().send(ids.node, msg);
    for (let left = msgs.length; left > 0; left -= 1) {
      const { id, msg } = await red().nextOf(ids.out, ids.caught);
      if (id === ids.out) continue;
      const { error, sendclean } = msg as Partial<Failure>;
      assertSentence(error?.message);
      assert.equal(`${String(sendclean?.message)}. ${String(sendclean?.advice)}`, error?.message);
    }
    assert.equal(
      red()
        .ended()
        .filter(({ id }) => id === ids.node).length,
      msgs.length,
    );
  }

  for (const operation of Object.values<Operation<OperationName>>(operations)) {
    const { name, fields } = operation;
    const form = { ...mail, template: 'welcome', ...(name === 'sendMail' ? {} : { payload: {} }) };

    it(`is read as text in every property of a message: ${operation.title}`, async () => {
      const properties = new Set([...fields.flatMap(({ hosts }) => hosts?.nodeRed?.msg ?? []), ...read]);
      const values = ownNames.flatMap(holding);
      const msgs = [...properties].flatMap((property) =>
        property.includes('.') ? [] : values.map((value) => ({ ...form, [property]: value })),
      );
      const inner = ownNames.flatMap((one) => [
        { ...form, header: { 'message-id': one } },
        { ...form, headers: { 'X-A': '1' }, error: { message: 'x', source: { type: one } } },
      ]);
      await sendAll(name, {}, [...msgs, ...inner]);
    });

    it(`is read as text in every field of the form: ${operation.title}`, async () => {
      for (const field of [...fields, ...settingFields(operation, 'nodeRed')]) {
        const values = ownNames.flatMap(holding);
        await sendAll(
          name,
          { [field.name]: ['value', 'msg'] },
          values.map((value) => ({ ...form, value })),
        );
      }
    });
  }

  it('is no priority', async () => {
    await red().deploy(flowOf('sendMail', { endpoint: url() }));
    for (const priority of ['constructor', '__proto__', 'toString', { toString: 1 }, Object.create(null)])
      assert.partialDeepStrictEqual((await result({ ...mail, priority })).payload, { status: 'success' });
  });
});
