/** A form that a stranger fills in: the host goes on with its other work, and the email holds what was entered. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { clear, message, messages } from '../sandbox/client';
import { fewTexts } from '../growth/hostile';
import { credentialFor, emailForm } from '../support/n8nForm';
import { flowOf } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';
import { prepareN8n } from './n8n';
import { setUpOwner } from './n8nOwner';
import { chain, sendClean, webhook } from './n8nWorkflow';
import { startNodeRed, type FlowNode } from './nodeRed';
import { onceThere } from './orders';
import { publishing } from './queueStand';

const packed = (name: string) => globSync(join(import.meta.dirname, `../../build/${name}-*.tgz`))[0] ?? '';

/** How long the text of the form is, in characters. */
const length = 300_000;

/** How long another flow may take to answer meanwhile, in milliseconds. */
const patience = 1000;

/** Posts what somebody entered. */
function post(url: string, text: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify({ text }) });
}

/** Posts a text of each kind to a form, alone and in a style of HTML, while another flow is asked again and again. */
async function fillIn(form: string, other: string, sandbox: string): Promise<void> {
  const kinds = Object.entries(fewTexts).map(([kind, make]) => [kind, make(length)] as const);
  const all = kinds.flatMap(([kind, text]) => [
    [kind, text] as const,
    [kind, `<p style="cid: ${text}`] as const,
  ]);
  for (const [kind, text] of all) {
    await clear(sandbox, 'messages');
    const filled = post(form, text);
    const slowest = await slowestWhile(filled, other);
    assert.ok(slowest < patience, `${kind}: another flow answered after ${Math.round(slowest)} ms`);
    const answer = await (await filled).text();
    const [sent] = await messages(sandbox);
    assert.ok(sent, `${kind}: ${answer.slice(0, 500)}`);
    const { request } = await message(sandbox, sent.id);
    const { html, text: plain } = (request as { message: { html?: string; text?: string } }).message;
    assert.ok((html ?? plain) === text, `${kind}: the email holds something else`);
  }
}

/** How long another flow took to answer at most, in milliseconds, until some work is over. */
async function slowestWhile(work: Promise<unknown>, url: string): Promise<number> {
  let slowest = 0;
  let isOver = false;
  const end = () => (isOver = true);
  void work.then(end, end);
  do {
    const start = performance.now();
    assert.equal((await post(url, '')).status, 200);
    slowest = Math.max(slowest, performance.now() - start);
  } while (!isOver);
  return slowest;
}

/** Flows of Node-RED that answer POST /form when an email is sent, and POST /other at once. */
function flowsOf(endpoint: string): FlowNode[] {
  const { flows, credentials } = flowOf('sendMail', { endpoint }, { missingImages: ['send', 'str'] });
  const at = { z: 'tab', x: 0, y: 0 };
  const func = `const { text } = msg.payload;
return Object.assign(msg, { from: 'shop@example.com', to: 'jane@example.com', topic: 'Hi', payload: text });`;
  const known = flows.filter(({ type }) => ['tab', 'sendclean-account'].includes(type));
  return [
    ...known.map((node) => (node.id === 'account' ? { ...node, credentials: credentials?.account } : node)),
    { id: 'form', type: 'http in', ...at, url: '/form', method: 'post', wires: [['mail']] },
    { id: 'mail', type: 'function', ...at, func, wires: [['node']] },
    ...flows.filter(({ id }) => id === 'node').map((node) => ({ ...node, wires: [['answer']] })),
    { id: 'catch', type: 'catch', ...at, scope: ['node'], wires: [['failed']] },
    {
      id: 'failed',
      type: 'function',
      ...at,
      func: 'msg.payload = msg.error; return msg;',
      wires: [['answer']],
    },
    { id: 'other', type: 'http in', ...at, url: '/other', method: 'post', wires: [['answer']] },
    { id: 'answer', type: 'http response', ...at, wires: [] },
  ];
}

describe('a form with a text that searches stumble over', () => {
  for (const version of ['5', '4'] as const)
    it(
      `is emailed by a real Node-RED ${version}, which goes on with its other work`,
      { timeout: 200_000 },
      async () => {
        await using stack = new AsyncDisposableStack();
        const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
        const tarball = packed('sendclean-nodes-node-red-sendclean');
        const nodeRed = stack.adopt(
          await startNodeRed({ version, tarball, flows: flowsOf(sandbox.url) }),
          (host) => host.stop(),
        );
        await fillIn(`${nodeRed.url}/form`, `${nodeRed.url}/other`, sandbox.url);
      },
    );

  it('is emailed by a real n8n, which goes on with its other work', { timeout: 200_000 }, async () => {
    await using stack = new AsyncDisposableStack();
    const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
    const n8n = stack.adopt(await prepareN8n({ tarball: packed('n8n-nodes-sendclean') }), (host) =>
      host.remove(),
    );
    const running = stack.adopt(await n8n.start(), (host) => host.stop());
    const { addCredential, publish } = publishing(await setUpOwner(running.url));
    const credential = await addCredential('sandbox', credentialFor(sandbox.url));
    const mail = {
      ...emailForm,
      emailFormat: 'html',
      html: '={{ $json.body.text }}',
      options: { missingImages: 'send' },
    };
    await publish(chain('form', [sendClean('Send Mail', mail, credential)], webhook('form')));
    const nothing = { name: 'Nothing', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
    await publish(chain('other', [nothing], webhook('other')));
    const url = (path: string) => `${running.url}/webhook/${path}`;
    for (const path of ['form', 'other']) await onceThere(() => post(url(path), '<p>Hi'));
    await fillIn(url('form'), url('other'), sandbox.url);
  });
});
