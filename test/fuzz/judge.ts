import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { withValue } from '../../shared/paths';
import { recipientsOf, recipientsPath, withRecipients } from '../../shared/request/recipientList';
import { expectedOf, isOn, valueAt } from './expected';
import { Looks, matches } from './looks';
import type { Case, Outcome } from './model';
import { known } from './texts';
import type { Arrived } from './wire';

/**
 * Compares how cases ended and what arrived with what must come of them: each that is right makes one request that
 * says what was entered, and nothing else arrives.
 */
export function judge(
  operation: Operation<OperationName>,
  cases: readonly Case[],
  outcomes: readonly Outcome[],
  arrived: readonly Arrived[],
): void {
  const mine = arrived.filter((one) => one.operation === operation);
  for (const { operation: other } of arrived.filter((one) => one.operation !== operation))
    assert.equal(other.effect, 'read', 'a look-up must only read');
  cases.forEach((one, index) => {
    const outcome = outcomes[index]!;
    const expected = expectedOf(operation, one);
    const isTooLong =
      !expected.refused && operation.method === 'GET' && lengthInUrl(expected.request) > longestUrl;
    if ('error' in outcome) checkSentence(operation, outcome.error, isTooLong);
    if (isTooLong) return void assert.ok('error' in outcome, 'sent with an address that no server takes');
    if (expected.refused) {
      assert.ok('error' in outcome, `accepted, but it must be refused:\n${shown(one)}`);
      return;
    }
    const at = mine.findIndex(({ request }) =>
      matches(withoutSkipped(operation, expected.request, one, outcome, request), request),
    );
    if (at < 0) checkRefusal(outcome, expected, one, mine);
    else checkSuccess(operation, outcome, mine.splice(at, 1)[0]!.request, one);
  });
  assert.deepEqual(
    mine.map(({ request }) => request),
    [],
    'these requests must not have been made',
  );
}

/** What HTTP servers take of an address and headers together, in bytes, is 16,384 or less. */
const longestUrl = 15_000;

function lengthInUrl(request: object): number {
  // What is refused for another reason may hold what JSON does not know.
  const write = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return encodeURIComponent(JSON.stringify(request, write)).length;
}

/**
 * A request without the recipients that an earlier case had sent the same email to: a result names them, and after an
 * error they are those that did not arrive.
 */
function withoutSkipped(
  operation: Operation,
  request: object,
  one: Case,
  outcome: Outcome,
  arrived: object,
): object {
  const path = recipientsPath(operation.fields);
  const list = valueAt(request, path);
  // Who is not known for sure may have been sent the email before as well as who is.
  if (list instanceof Looks && list.some && isOn(one.skipSent?.entered))
    return withValue(request, path, list.some);
  const recipients = recipientsOf(operation, request);
  const skipped: unknown = 'result' in outcome ? outcome.result.skippedRecipients : undefined;
  const isPartial = 'result' in outcome ? Array.isArray(skipped) : isOn(one.skipSent?.entered);
  if (!recipients || !isPartial) return request;
  const came = new Set(recipientsOf(operation, arrived)?.map(({ email }) => email));
  const rest = recipients.filter(({ email }) =>
    Array.isArray(skipped) ? !skipped.includes(email) : came.has(email),
  );
  return rest.length > 0 ? withRecipients(operation, request, rest) : request;
}

/** One sentence for the person, and what happened to the email. */
function checkSentence(
  { effect }: Operation,
  { message, advice, kind, fate }: Extract<Outcome, { error: object }>['error'],
  isUnsure: boolean,
): void {
  assert.match(
    message,
    /^[^\p{Cc}\p{Zl}\p{Zp}]{10,3500}$/u,
    `not one sentence on one line: ${shown(message)}`,
  );
  assert.doesNotMatch(message, /TypeError|Cannot (read|convert)|is not a function|\bundefined\b \(/);
  if (isUnsure) return;
  if (effect === 'send') assert.match(advice, /^(Nothing was|Item \d+ was not) sent/);
  else assert.doesNotMatch(advice, /sent/);
  if (kind !== undefined) assert.deepEqual([kind, fate], ['validation', 'notSent']);
}

function checkRefusal(
  outcome: Outcome,
  expected: { sure: boolean; request: object },
  one: Case,
  mine: readonly Arrived[],
): void {
  if ('result' in outcome && outcome.result.skipped) return;
  const came = mine.length === 1 ? `\ninstead came ${shown(mine[0]?.request)}` : '';
  const made = `\n${shown(one)}\nmust make ${shown(expected.request)}${came}\nand ended in ${shown(outcome)}`;
  assert.ok('error' in outcome, `what was entered did not arrive as it is:${made}`);
  assert.ok(!expected.sure, `refused without a reason (${outcome.error.message}):${made}`);
}

/** The service takes what its account knows, and tells by which ID an email is found again. */
function checkSuccess({ resource }: Operation, outcome: Outcome, request: object, one: Case): void {
  // Whether an account has what a call is about is not for the form to say.
  if (resource !== 'message' && 'error' in outcome)
    return assert.match(outcome.error.message, /(^|: )SendClean refused the call: /);
  const named = { ...request, ...(valueAt(request, ['message']) as object) };
  const isKnown = Object.entries(known).every(([name, values]) => {
    const value = valueAt(named, [name]);
    return value === undefined || values.includes(String(value));
  });
  if (!isKnown)
    assert.match(
      'error' in outcome ? outcome.error.message : '',
      /(^|^SMTP User Name \(.*\): |^Template ID: )SendClean refused the call: /,
    );
  else assert.ok('result' in outcome, `sent, but told otherwise: ${inspect(outcome)}\n${shown(one)}`);
}

function shown(value: unknown): string {
  const text = inspect(value, { depth: 8, maxStringLength: 300, maxArrayLength: 20 });
  return text.length > 6000 ? `${text.slice(0, 6000)} …` : text;
}
