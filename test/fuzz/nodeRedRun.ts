import assert from 'node:assert/strict';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { NodeMessage } from '../../node-red/src/red';
import { settingFields } from '../../shared/form/settings';
import type { Operation } from '../../shared/model';
import type { Arrival, Runtime } from '../support/nodeRed';
import { flowOf, ids, type Typed } from '../support/nodeRedFlow';
import type { Case, Outcome } from './model';

/** Sends cases as messages through the node of an operation, all at once. */
export async function sendMessages(
  red: Runtime,
  endpoint: string,
  name: OperationName,
  cases: readonly Case[],
): Promise<Outcome[]> {
  await red.deploy(flowOf(name, { endpoint }, inputsOf(operations[name])));
  cases.forEach((entered, number) => {
    const values = Object.entries(entered).map(([field, entry]) => [field, entry.entered]);
    red.send(ids.node, { number, entered: Object.fromEntries(values) as unknown });
  });
  const arrivals: Arrival[] = [];
  while (arrivals.length < cases.length) arrivals.push(await red.nextOf(ids.out, ids.caught));
  await new Promise(setImmediate);
  const ended = red.ended().filter(({ id }) => id === ids.node);
  assert.equal(ended.length, cases.length, 'every message must be done once');
  assert.equal(red.waiting(ids.out) + red.waiting(ids.caught), 0, 'a message must go on once');
  const outcomes: Outcome[] = [];
  for (const { id, msg } of arrivals)
    outcomes[Number(msg.number)] = id === ids.out ? { result: resultOf(msg) } : { error: errorOf(msg) };
  assert.equal(Object.keys(outcomes).length, cases.length, 'every message must go on');
  return outcomes;
}

/** Typed inputs that find in the message what a person entered. */
function inputsOf(operation: Operation): Record<string, Typed> {
  const fields = [
    ...operation.fields,
    ...settingFields(operation, 'nodeRed'),
    ...(operation.paged ? [{ name: 'limit' }] : []),
  ];
  return Object.fromEntries(fields.map(({ name }): [string, Typed] => [name, [`entered.${name}`, 'msg']]));
}

function resultOf({ payload }: NodeMessage): object {
  assert.ok(typeof payload === 'object' && payload !== null);
  return payload;
}

/** What a Catch node sees: the sentence and what happened to the email, and the same in parts. */
function errorOf({ error, sendclean }: NodeMessage): Extract<Outcome, { error: object }>['error'] {
  const { message } = error as { message: string };
  const { message: sentence, advice, kind, fate } = (sendclean ?? {}) as Record<string, unknown>;
  assert.equal(message, `${String(sentence)}. ${String(advice)}`);
  return { message: String(sentence), advice: String(advice), kind, fate };
}
