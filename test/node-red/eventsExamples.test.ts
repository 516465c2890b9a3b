import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { message, messages } from '../sandbox/client';
import type { FlowNode } from '../support/nodeRed';
import { account } from '../support/sandbox';
import { asForm, form, useEvents } from './eventsHarness';

const setup = useEvents();
const { red, origin, post } = setup;
const path = '/reports';

/** Deploys an example as a person completes it; gives the IDs of its nodes by their names. */
async function deploy(name: string): Promise<Map<unknown, string>> {
  const file = join(import.meta.dirname, '../../node-red/examples', `${name}.json`);
  const flows = JSON.parse(readFileSync(file, 'utf8')) as FlowNode[];
  const own: Record<string, object> = {
    'sendclean-account': { endpoint: setup.sandbox().url },
    'sendclean-events': { path },
  };
  const credentials = { ownerId: account.owner_id, token: account.token };
  await red().deploy({
    flows: flows.map((node) => ({ ...node, ...own[node.type] })),
    credentials: Object.fromEntries(
      flows.filter(({ type }) => type === 'sendclean-account').map(({ id }) => [id, credentials]),
    ),
  });
  return new Map(flows.map(({ id, name: title }) => [title, id]));
}

const report = async (...events: object[]) => {
  assert.equal((await post(form(events), asForm, `${origin()}${path}`)).status, 200);
};

const arrived = async () => {
  const all = await messages(setup.sandbox().url);
  return await Promise.all(all.map(({ id }) => message(setup.sandbox().url, id)));
};

describe('the example flows that start with events', () => {
  it('send nothing to an address that has bounced', async () => {
    const ids = await deploy('suppress-hard-bounces');
    const node = (name: string) => ids.get(name) ?? assert.fail(`no ${name}`);
    await report({ _id: '1', event: 'hard_bounce', msg: { email: 'Jane@example.com' } });
    await red().next(node('remembered'));
    red().press(node('send an email'));
    assert.equal((await red().next(node('left out'))).to, 'jane@example.com');
    assert.deepEqual(await arrived(), []);
  });

  it('send an alert when an email is marked as spam', async () => {
    const ids = await deploy('alert-on-spam-reports');
    const msg = { email: 'jane@example.com', subject: 'News' };
    await report({ _id: '1', event: 'spam', ts: 1_700_000_000, x_unique_id: 'news-7', msg });
    await red().next(ids.get('alert sent') ?? '');
    const [mail] = await arrived();
    assert.partialDeepStrictEqual(mail, {
      subject: 'Marked as spam',
      recipients: [{ email: 'team@example.com', type: 'to' }],
      text: 'jane@example.com has marked “News” as spam (2023-11-14T22:13:20.000Z, X-Unique-Id news-7).',
    });
  });

  it('count opens by subject, and start anew after each table', async () => {
    const ids = await deploy('opens-by-subject-every-day');
    const node = (name: string) => ids.get(name) ?? assert.fail(`no ${name}`);
    const open = (id: number, subject?: string) => ({ _id: id, event: 'open', msg: { subject } });
    await report(open(1, 'News'), open(2, 'Your order'), open(3, 'News'), open(4, '__proto__'), open(5));
    const table = async () => {
      red().press(node('every morning at eight'));
      await red().next(node('sent'));
      // The arrays of a function node are of a context of their own.
      return structuredClone((await red().next(node('table'))).rows);
    };
    assert.deepEqual(await table(), [
      { subject: 'News', opens: 2 },
      { subject: 'Your order', opens: 1 },
      { subject: '__proto__', opens: 1 },
      { subject: '(no subject)', opens: 1 },
    ]);
    assert.deepEqual(await table(), []);
    const [mail] = await arrived();
    assert.partialDeepStrictEqual(mail, { text: '2\tNews\n1\tYour order\n1\t__proto__\n1\t(no subject)' });
  });
});
