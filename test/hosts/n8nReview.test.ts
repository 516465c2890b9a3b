/** The tool for human review that n8n makes of the node: an AI agent's tool runs only once a reader approves. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, message, messages, until } from '../sandbox/client';
import { startChatModel, type ChatModel } from '../support/chatModel';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type N8nWorkflow, type RunningN8n } from './n8n';
import { setUpOwner, type Rest } from './n8nOwner';
import { sendClean, webhook, type WorkflowNode } from './n8nWorkflow';
import { publishing } from './queueStand';
import { begin, post, waitingIn, type Waiting } from './waiting';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

/** What the model wants to send. */
const wanted = { To: 'bob@example.com', Subject: 'Refund <b>of 900</b>', Markdown: 'We **refund** 900.' };

const fromModel = (name: keyof typeof wanted) => `={{ $fromAI('${name}', \`\`, 'string') }}`;

describe('human review of an AI agent’s tool in a real n8n', () => {
  let sandbox: Sandbox;
  let model: ChatModel;
  let n8n: N8n;
  let running: RunningN8n;
  let rest: Rest;
  let credential: string;
  let openAi: string;
  let waiting: Waiting;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    model = await startChatModel({ toolParameters: wanted, hitlParameters: {} });
    n8n = await prepareN8n({ tarball });
    running = await n8n.start();
    rest = await setUpOwner(running.url);
    const { addCredential, publish } = publishing(rest);
    credential = await addCredential('sandbox', credentialFor(sandbox.url));
    const data = { apiKey: 'key-of-nobody', url: model.url };
    openAi = (
      (await rest('POST', 'credentials', { name: 'model', type: 'openAiApi', data })) as { id: string }
    ).id;
    waiting = waitingIn({ sandbox: sandbox.url, running: () => running, credential, publish });
  });
  after(async () => {
    await running?.stop();
    n8n?.remove();
    await model?.close();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await clear(sandbox.url, 'messages', 'faults');
  });

  /** An agent whose only tool sends an email, with the review between them. */
  function workflow(path: string): N8nWorkflow {
    const start = webhook(path);
    const tool = sendClean(
      'Send email',
      {
        resource: 'message',
        operation: 'sendMail',
        fromEmail: 'shop@example.com',
        to: fromModel('To'),
        subject: fromModel('Subject'),
        emailFormat: 'markdown',
        markdown: fromModel('Markdown'),
      },
      credential,
    );
    const review = sendClean(
      'Review',
      {
        resource: 'message',
        operation: 'sendAndWait',
        message:
          '=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ JSON.stringify($tool.parameters) }}',
        fromEmail: 'shop@example.com',
        toEmail: 'jane@example.com',
        subject: 'Please approve',
        responseType: 'approval',
        approvalOptions: { values: { approvalType: 'double' } },
      },
      credential,
    );
    const nodes: WorkflowNode[] = [
      { ...start, parameters: { ...(start.parameters as object), responseMode: 'onReceived' } },
      {
        name: 'Agent',
        type: '@n8n/n8n-nodes-langchain.agent',
        typeVersion: 3.1,
        parameters: { promptType: 'define', text: 'Refund Bob', options: {} },
      },
      {
        name: 'Model',
        type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
        typeVersion: 1.2,
        parameters: { model: { __rl: true, mode: 'id', value: 'stand-in' }, options: {} },
        credentials: { openAiApi: { id: openAi, name: 'model' } },
      },
      { ...review, type: 'n8n-nodes-sendclean.sendCleanHitlTool', typeVersion: 2 },
      { ...tool, type: 'n8n-nodes-sendclean.sendCleanTool', typeVersion: 2 },
    ];
    const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
    return {
      id: path,
      name: path,
      active: false,
      settings: { executionOrder: 'v1' },
      nodes: nodes.map((node, index) => ({ id: `${path}-${index}`, position: [index * 200, 0], ...node })),
      connections: {
        Webhook: to('Agent', 'main'),
        Model: to('Agent', 'ai_languageModel'),
        Review: to('Agent', 'ai_tool'),
        'Send email': to('Review', 'ai_tool'),
      },
    };
  }

  /** Has the agent ask, and gives the address of the page. */
  async function review(path: string): Promise<string> {
    await publishing(rest).publish(workflow(path));
    await until('the workflow began', async () => (await begin(`${running.url}/webhook/${path}`)).ok);
    return (await waiting.asked()).url;
  }

  const lastWord = () => model.messages().findLast(({ role }) => role === 'tool')?.content;

  it('says in the email and on the page what the agent wants, escaped', async () => {
    const url = await review('review-shown');
    const [summary] = await messages(sandbox.url);
    const { html, text } = await message(sandbox.url, summary?.id ?? 0);
    const page = await (await fetch(url)).text();
    for (const shown of [html, page]) {
      assert.match(shown ?? '', /The agent wants to run this tool: Send_email/);
      assert.match(shown ?? '', /Refund &lt;b&gt;of 900/);
    }
    assert.match(text ?? '', /Refund <b>of 900/);
  });

  it('runs the tool once the reader approves', async () => {
    const url = await review('review-approved');
    assert.equal((await messages(sandbox.url)).length, 1);
    assert.equal((await post(url, { decision: 'approve' })).status, 200);
    await until('the tool has run', async () => (await messages(sandbox.url)).length === 2);
    const sent = (await messages(sandbox.url)).find(({ subject }) => subject === wanted.Subject);
    assert.ok(sent);
    await until('the agent has heard of it', async () => String(lastWord()).includes(sent.xUniqueId ?? '-'));
  });

  it('runs no tool when the reader declines, and tells the agent', async () => {
    const url = await review('review-declined');
    assert.equal((await post(url, { decision: 'decline' })).status, 200);
    await until('the agent has heard of it', async () => /rejected the tool call/.test(String(lastWord())));
    assert.equal((await messages(sandbox.url)).length, 1);
  });
});
