import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, fault, message, messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n } from './n8n';
import { sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

/** A parameter that the model fills, as n8n's editor writes it. */
const fromModel = (key: string, description: string) =>
  `={{ $fromAI('${key}', \`${description}\`, 'string') }}`;

describe('the packed node as a tool of n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({ tarball });
    const data = credentialFor(sandbox.url);
    await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
  });
  after(async () => {
    n8n.remove();
    await sandbox.close();
  });

  /** What a model gets that calls the node with these arguments, through n8n's own conversion of nodes to tools. */
  async function callTool(
    id: string,
    args: object,
    settings: object = {},
    content: object = { html: fromModel('html', 'Email content as HTML') },
  ): Promise<string> {
    const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const tool = sendClean('Send a mail', {
      ...emailForm,
      to: fromModel('to', 'Recipients, separated by commas'),
      subject: fromModel('subject', 'Subject line of the email'),
      ...content,
    });
    const query = JSON.stringify({ Send_a_mail: args });
    const nodes = [
      { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
      {
        name: 'Model',
        type: '@n8n/n8n-nodes-langchain.toolExecutor',
        typeVersion: 1,
        parameters: { query, toolName: 'Send_a_mail' },
      },
      { ...tool, ...retry, ...settings, type: `${String(tool.type)}Tool` },
    ];
    await n8n.importWorkflow({
      id,
      name: id,
      active: false,
      settings: { executionOrder: 'v1' },
      nodes: nodes.map((node, index) => ({ id: String(index), position: [index * 200, 0], ...node })),
      connections: {
        Start: { main: [[{ node: 'Model', type: 'main', index: 0 }]] },
        'Send a mail': { ai_tool: [[{ node: 'Model', type: 'ai_tool', index: 0 }]] },
      },
    });
    const { resultData } = (await n8n.execute(id)).data;
    const [answer] = resultData.runData.Model?.[0]?.data?.main?.[0] ?? [];
    return resultData.error?.message ?? String(answer?.json);
  }

  it('sends the email that the model writes, and tells it the outcome', async () => {
    const said = await callTool('toolGood', {
      to: 'jane@example.com',
      subject: 'Hello',
      html: '<p>Hello</p>',
    });
    const [sent, ...more] = await messages(sandbox.url);
    assert.deepEqual(more, []);
    assert.equal(sent?.subject, 'Hello');
    assert.partialDeepStrictEqual(JSON.parse(said), [{ status: 'success', xUniqueId: sent?.xUniqueId }]);
  });

  it('sends what the model writes in Markdown, whose tags are text', async () => {
    await clear(sandbox.url, 'messages');
    const markdown = 'Your **order** <img src=x>';
    const content = { emailFormat: 'markdown', markdown: fromModel('markdown', 'Email content as Markdown') };
    await callTool('toolMarkdown', { to: 'jane@example.com', subject: 'Hello', markdown }, {}, content);
    const [sent] = await messages(sandbox.url);
    const { request } = await message(sandbox.url, sent?.id ?? 0);
    const { html, text } = (request as { message: Record<string, string> }).message;
    assert.match(html ?? '', /Your <strong>order<\/strong> &lt;img src=x&gt;/);
    assert.equal(text, 'Your order <img src=x>\n');
  });

  it('sends one email, however often n8n tries again when its fate is unknown', async () => {
    await clear(sandbox.url, 'messages');
    await fault(sandbox.url, { kind: 'resetAfter', count: null });
    const said = await callTool('toolRetry', {
      to: 'jane@example.com',
      subject: 'Once',
      html: '<p>Once</p>',
    });
    await clear(sandbox.url, 'faults');
    assert.equal((await messages(sandbox.url)).length, 1);
    assert.match(said, /It is not known whether the email was sent/);
  });

  it('tells the model what to mend, and sends nothing', async () => {
    const said = await callTool('toolBad', { to: 'jane', subject: 'Hello', html: '<p>Hello</p>' });
    assert.match(said, /To, first recipient must be an email address, got "jane"/);
    assert.ok((await messages(sandbox.url)).length <= 1);
  });

  it('gives the model the data of the error when it is to continue', async () => {
    await clear(sandbox.url, 'messages');
    await fault(sandbox.url, { kind: 'resetAfter', count: null });
    const args = { to: 'jane@example.com', subject: 'Once', html: '<p>Once</p>' };
    const said = await callTool('toolContinue', args, { onError: 'continueRegularOutput' });
    await clear(sandbox.url, 'faults');
    assert.partialDeepStrictEqual(JSON.parse(said), [{ sendclean: { kind: 'network', fate: 'unknown' } }]);
    assert.equal((await messages(sandbox.url)).length, 1);
  });
});
