import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { call, clear, mailUnder, message, messages } from '../sandbox/client';
import { fixtures } from '../support/fixtures';
import { runNode, type NodeOutcome, type NodeRun } from '../support/n8nEngine';
import { credentialFor, emailForm, n8nForm } from '../support/n8nForm';
import { useSandbox } from './harness';

describe('the n8n node', () => {
  const sandbox = useSandbox();

  const run = (node: Omit<NodeRun, 'credential'>) =>
    runNode({ ...node, credential: credentialFor(sandbox().url) });
  const json = ({ outputs, error }: NodeOutcome) => {
    assert.equal(error, undefined);
    return outputs[0]?.map((item) => item.json) ?? [];
  };

  it('sends an email with every attachment whole, and says under which ID it is found', async () => {
    await clear(sandbox().url, 'messages');
    const outcome = await run(n8nForm('sendMail', fixtures.sendMail));
    const [sent, ...others] = json(outcome);
    assert.deepEqual(others, []);
    assert.deepEqual(Object.entries(sent ?? {}), [
      ['to', 'john@example.com, jane@example.com, team@example.com, archive@example.com'],
      ['subject', fixtures.sendMail.values.subject],
      ['xUniqueId', 'order-1042'],
      ['status', 'success'],
      ['time', new Date(String(sent?.time)).toISOString()],
      ['message', 'message have been Queued ... '],
    ]);
    const [summary] = await messages(sandbox().url);
    assert.ok(summary);
    assert.equal(summary.subject, fixtures.sendMail.values.subject);
    assert.deepEqual(summary.recipients, [
      { email: 'john@example.com', type: 'to', name: 'Doe, John' },
      { email: 'jane@example.com', type: 'to' },
      { email: 'team@example.com', type: 'cc' },
      { email: 'archive@example.com', type: 'bcc' },
    ]);
    const { request } = await message(sandbox().url, summary.id);
    const { attachments, images } = (request as { message: Record<string, { content: string }[]> }).message;
    const { invoice, terms } = fixtures.sendMail.files.attachments ?? {};
    assert.deepEqual(attachments, [
      { type: 'application/pdf', name: 'Rechnung “1042”.pdf', content: invoice?.bytes.toString('base64') },
      { type: 'text/plain', name: 'terms.txt', content: terms?.bytes.toString('base64') },
    ]);
    assert.equal(images?.[0]?.content, fixtures.sendMail.files.images?.logo?.bytes.toString('base64'));
  });

  it('finds the email again, one item for each recipient', async () => {
    await clear(sandbox().url, 'messages');
    json(await run(n8nForm('sendTemplate', fixtures.sendTemplate)));
    const found = json(await run(n8nForm('getMessageInfo', fixtures.getMessageInfo)));
    assert.deepEqual(
      found.map(({ email, status }) => [email, status]),
      [
        ['john@example.com', 'delivered'],
        ['jane@example.com', 'delivered'],
        ['team@example.com', 'delivered'],
        ['archive@example.com', 'delivered'],
      ],
    );
  });

  it('sends a template by GET, whose email cannot be found again', async () => {
    await clear(sandbox().url, 'messages');
    const outcome = await run(n8nForm('sendTemplateGet', fixtures.sendTemplateGet));
    assert.partialDeepStrictEqual(json(outcome), [{ status: 'success', xUniqueId: null }]);
    const [summary] = await messages(sandbox().url);
    assert.deepEqual(summary?.recipients, [{ email: 'jane+orders@example.com', type: 'to' }]);
  });

  it('returns all of 250 records in order, or as many as the limit says', async () => {
    const emails = Array.from({ length: 250 }, (_, index) => `jane${index}@example.com`);
    await call(sandbox().url, 'sendMail', mailUnder('many', ...emails));
    const form = { resource: 'message', operation: 'getMessageInfo', xUniqueId: 'many' };
    const all = json(await run({ parameters: { ...form, returnAll: true } }));
    assert.deepEqual(
      all.map(({ email }) => email),
      emails,
    );
    const some = json(await run({ parameters: { ...form, returnAll: false, limit: 120 } }));
    assert.deepEqual(
      some.map(({ email }) => email),
      emails.slice(0, 120),
    );
  });

  it('pairs each item that comes out with the one it came from', async () => {
    const items = ['one@example.com', 'two@example.com', 'three@example.com'].map((to) => ({ json: { to } }));
    const form = {
      ...emailForm,
      emailFormat: 'text',
      text: 'Hi',
    };
    const { outputs } = await run({ items, parameters: { ...form, to: '={{ $json.to }}' } });
    assert.deepEqual(
      outputs[0]?.map(({ pairedItem }) => pairedItem),
      [{ item: 0 }, { item: 1 }, { item: 2 }],
    );
    const sent = (await messages(sandbox().url)).slice(-3).map(({ recipients }) => recipients[0]?.email);
    assert.deepEqual(sent.sort(), items.map((item) => item.json.to).sort());
  });
});
