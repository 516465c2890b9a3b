import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import type { Sandbox } from '../../sandbox/src/server';
import { fault } from '../sandbox/client';
import { startRuntime, type Runtime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { account, startSandbox } from '../support/sandbox';
import { mail, type Failure } from './harness';

describe('a Node-RED that speaks German', () => {
  let server: Server;
  let sandbox: Sandbox;
  let runtime: Runtime;
  before(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    sandbox = await startSandbox();
    runtime = await startRuntime({ flows: [], server, settings: { lang: 'de' } });
    await runtime.deploy(flowOf('sendMail', { endpoint: sandbox.url, attempts: '1' }));
  });
  after(async () => {
    await runtime?.stop();
    await sandbox?.close();
    server.closeAllConnections();
    server.close();
  });

  /** What a Catch node sees of a message. */
  async function failure(msg: NodeMessage): Promise<Failure> {
    runtime.send(ids.node, { ...mail, ...msg });
    return (await runtime.next(ids.caught)) as Failure;
  }

  /** An answer of the admin API. */
  async function admin(path: string, request: RequestInit = {}): Promise<{ message?: string }> {
    const { port } = server.address() as AddressInfo;
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${port}/sendclean/${path}`, { headers, ...request });
    return (await response.json()) as { message?: string };
  }

  /** What the editor shows of a test of an account, in the language that it asks for. */
  async function tested(language: unknown, values: object): Promise<string> {
    const typed = { id: '', ownerId: account.owner_id, token: account.token, domain: '', ...values };
    const body = JSON.stringify({ endpoint: sandbox.url, language, ...typed });
    return (await admin('test-connection', { method: 'POST', body })).message ?? '';
  }

  const refused = 'Es wurde nichts gesendet. Korrigieren Sie dies, und versuchen Sie es dann erneut.';
  const mistakes: [title: string, msg: NodeMessage, sentence: string, path: string][] = [
    [
      'a field that is empty',
      { to: '' },
      'An ist leer: mindestens einen Empfänger unter An, CC oder BCC eintragen',
      'to',
    ],
    [
      'an entry of a list, and what was entered',
      { to: ['jane@example.com', 'bob{0}@'] },
      'An, Empfänger 2 muss eine E-Mail-Adresse sein, erhalten: "bob{0}@"',
      'to[1].email',
    ],
    [
      'several fields',
      { from: 'shop', to: 'bob@' },
      'Absenderadresse muss eine E-Mail-Adresse sein, erhalten: "shop"; An, Empfänger 1 muss eine E-Mail-Adresse sein, erhalten: "bob@"',
      'from_email',
    ],
    ['one of two fields', { payload: '' }, 'HTML oder Text ist erforderlich', 'html or text'],
  ];
  for (const [title, msg, sentence, path] of mistakes) {
    it(`names ${title}`, async () => {
      const { error, sendclean } = await failure(msg);
      assert.equal(error.message, `${sentence}. ${refused}`);
      assert.partialDeepStrictEqual(sendclean, { message: sentence, advice: refused });
      assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent', path });
    });
  }

  it('says what SendClean said as it came, and whether the email went out', async () => {
    await fault(sandbox.url, { kind: 'error', error: { name: 'GeneralError', message: 'must be {1}' } });
    const { error } = await failure({ 'X-Unique-Id': 'order-1042' });
    assert.match(error.message, /^SendClean hat den Aufruf abgelehnt: must be \{1\} \(GeneralError\)\. /);
    assert.match(error.message, /Es ist nicht bekannt, ob die E-Mail gesendet wurde\. Suchen Sie mit /);
  });

  it('says in its log what comes to nothing', async () => {
    await runtime.deploy(flowOf('sendMail', { endpoint: sandbox.url }, { cc: ['order.cc', 'msg'] }));
    runtime.send(ids.node, { ...mail });
    await runtime.next(ids.out);
    assert.match(
      runtime.log(),
      /CC: gilt als leer, weil msg\.order\.cc nichts ergab \(wird einmal pro Deploy gemeldet\)/,
    );
  });

  it('tests an account in the language of the editor', async () => {
    assert.equal(await tested('fr', { token: '' }), 'Jeton est requis');
    assert.match(
      await tested('ja', { token: 'wrong' }),
      /^SendClean が呼び出しを拒否しました: Token MissMatch/,
    );
    assert.equal(await tested('zh-CN', { domain: '', endpoint: 'http://a/b' }), '自定义端点 不能有路径');
  });

  it('is English in an editor whose language it does not have, whatever its name is', async () => {
    for (const language of ['en-US', 'nl', '../../de', ['de'], undefined])
      assert.equal(await tested(language, { token: '' }), 'Token is required');
  });

  it('offers what an account has, or says in the language of the editor why not', async () => {
    const path = 'offers/none/sendclean-send-mail/-/smtpUserName';
    const { message } = await admin(`${path}?language=es-ES`);
    assert.equal(message, 'Elija una cuenta y despliéguela, y aquí se ofrecerán sus nombres');
  });
});
