import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault, message } from '../sandbox/client';
import { useNode } from './harness';

describe('Send and Wait for Response in the n8n node', () => {
  const { run, refusal, inbox, url } = useNode();
  const question = {
    operation: 'sendAndWait',
    fromEmail: 'shop@example.com',
    toEmail: 'jane@example.com',
    subject: 'Order 1042',
    message: 'May it be <sent>?\nReally?',
    approvalOptions: { values: { approvalType: 'double', disapproveLabel: '<b>No' } },
  };
  const only = async () => {
    const [summary, ...more] = await inbox();
    assert.deepEqual(more, []);
    return await message(url(), summary?.id ?? 0);
  };

  it('says the same as HTML and as text, with the same link behind each button', async () => {
    await run(question);
    const { html, text, xUniqueId, recipients } = await only();
    assert.deepEqual(recipients, [{ email: 'jane@example.com', type: 'to' }]);
    const links = [...(html ?? '').matchAll(/href="([^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
    assert.equal(links.length, 2);
    assert.equal(links[0], links[1]);
    assert.equal(new URL(links[0] ?? '').searchParams.get('id'), xUniqueId);
    assert.equal(text, `May it be <sent>?\nReally?\n\nApprove / <b>No: ${links[0]}\n`);
    assert.match(html ?? '', /May it be &lt;sent&gt;\?<br>\nReally\?/);
    assert.match(html ?? '', />&lt;b&gt;No<\/a>/);
  });

  it('takes the sender, the X-Unique-ID and the addresses of its options', async () => {
    const options = { fromName: 'Example Shop', xUniqueId: 'order-1042', replyTo: 'help@example.com' };
    await run({ ...question, options });
    const { from, xUniqueId, request } = await only();
    assert.deepEqual([from, xUniqueId], [{ email: 'shop@example.com', name: 'Example Shop' }, 'order-1042']);
    assert.match(JSON.stringify(request), /"Reply-To":"help@example.com"/);
  });

  for (const [what, toEmail] of Object.entries({
    'with commas': 'jane@example.com, Bob <bob@example.com>',
    'with semicolons': 'jane@example.com; bob@example.com',
    'on lines': 'jane@example.com\nbob@example.com',
    'in a group': 'team: jane@example.com, bob@example.com;',
    'in a list of an expression': "={{ ['jane@example.com', 'bob@example.com'] }}",
    'as objects': "={{ [{ email: 'jane@example.com' }, { address: 'bob@example.com' }] }}",
    'in JSON': '["jane@example.com", "bob@example.com"]',
  }))
    it(`is refused for several recipients ${what}`, async () => {
      const sentence = /^To Email must be one address, because each email has a decision of its own, got 2$/;
      assert.match((await refusal({ ...question, toEmail })) ?? '', sentence);
    });

  it('goes to one recipient, however it is written', async () => {
    for (const toEmail of [
      'Jane <jane@example.com>',
      "={{ ['jane@example.com'] }}",
      'team: jane@example.com;',
    ])
      assert.equal((await run({ ...question, toEmail })).error, undefined, toEmail);
    const all = await Promise.all((await inbox()).map(async ({ id }) => await message(url(), id)));
    assert.deepEqual(
      all.map(({ recipients }) => recipients.map(({ email }) => email)),
      [['jane@example.com'], ['jane@example.com'], ['jane@example.com']],
    );
  });

  for (const [what, changes, sentence] of [
    ['without a recipient', { toEmail: ' ' }, /^To Email is empty/],
    ['for an empty list', { toEmail: '={{ [] }}' }, /^To Email is empty/],
    ['without a message', { message: ' \n' }, /^Message is required/],
    ['with an object for a message', { message: '={{ { a: 1 } }}' }, /^Message must be text, got an object/],
  ] as const)
    it(`is refused ${what}`, async () => {
      assert.match((await refusal({ ...question, ...changes })) ?? '', sentence);
    });

  const limited = (values: object) => ({ ...question, options: { limitWaitTime: { values } } });
  const atTime = (maxDateAndTime: unknown) => limited({ limitType: 'atSpecifiedTime', maxDateAndTime });
  const after = (resumeAmount: unknown, resumeUnit = 'days') =>
    limited({ limitType: 'afterTimeInterval', resumeAmount, resumeUnit });

  for (const [what, changes, sentence] of [
    ['yesterday', atTime('={{ $now.minus({ days: 1 }) }}'), /must be in the future/],
    ['a date that is long past', atTime('2020-02-29'), /must be in the future/],
    ['no date', atTime(''), /must be a date and time, got ""/],
    ['a date that there is not', atTime('2027-13-01T10:00:00'), /must be a date and time, got "2027-13-01/],
    ['words', atTime('next Monday'), /must be a date and time, got "next Monday"/],
    ['an object', atTime('={{ { a: 1 } }}'), /must be a date and time, got an object/],
    ['no time', after(0), /must be a time above 0, got 0/],
    ['a negative time', after(-1.5), /must be a time above 0, got -1.5/],
    ['a time in words', after('={{ "soon" }}'), /must be a time above 0, got "soon"/],
    ['years', after(1, 'years'), /must be in minutes, hours or days, got "years"/],
  ] as const)
    it(`is refused with a limit of the wait that is ${what}`, async () => {
      const refused = (await refusal(changes)) ?? '';
      assert.match(refused, new RegExp(`^Limit Wait Time ${sentence.source}`));
    });

  it('waits until the time that its limit names, in the time zone of the workflow', async () => {
    const waitTill = async (changes: object) => {
      const more = { workflowSettings: { timezone: 'Asia/Tokyo' } };
      const { waitTill: till, error } = await run(changes, {}, {}, more);
      assert.equal(error, undefined);
      return till?.toISOString();
    };
    assert.equal(await waitTill(atTime('2090-12-01T10:00:00')), '2090-12-01T01:00:00.000Z');
    assert.equal(await waitTill(atTime('2090-12-01T10:00:00Z')), '2090-12-01T10:00:00.000Z');
    const tomorrow = await waitTill(atTime('={{ $now.plus({ days: 1 }) }}'));
    const away = Date.parse(tomorrow ?? '') - Date.now();
    assert.ok(away > 86_000_000 && away <= 86_400_000, tomorrow);
    assert.equal(await waitTill(question), '3000-01-01T00:00:00.000Z');
    assert.equal(await waitTill(after(1e12)), '3000-01-01T00:00:00.000Z');
  });

  it('has older versions of n8n check the links, which they do only where a node asks for it', async () => {
    const { ExecuteContext } = await import('n8n-core');
    const prototype = ExecuteContext.prototype as { setSignatureValidationRequired?: () => void };
    const asked: unknown[] = [];
    prototype.setSignatureValidationRequired = function (this: unknown) {
      asked.push(this);
    };
    try {
      await run(question);
    } finally {
      delete prototype.setSignatureValidationRequired;
    }
    assert.equal(asked.length, 1);
    assert.ok(asked[0] instanceof ExecuteContext);
  });

  it('asks once, however often n8n tries again when it is not known whether the email was sent', async () => {
    await fault(url(), { kind: 'resetAfter', count: null });
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const { error } = await run(question, {}, {}, { settings });
    assert.match(error?.message ?? '', /the connection broke before an answer came/);
    await only();
  });

  it('asks in the next try of n8n if the first sent nothing', async () => {
    await fault(url(), { kind: 'reply', status: 429, body: '{}', count: 1 });
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const { error } = await run({ ...question, delivery: { attempts: 1 } }, {}, {}, { settings });
    assert.equal(error, undefined);
    await only();
  });

  it('has an ID of its own for each question', async () => {
    await run(question);
    await run(question);
    const [one, other] = (await inbox()).map(({ xUniqueId }) => xUniqueId);
    assert.notEqual(one, other);
  });
});
