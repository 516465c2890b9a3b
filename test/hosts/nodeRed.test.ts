import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { fault, messages } from '../sandbox/client';
import { fixtures } from '../support/fixtures';
import { flowOf, type AccountSettings } from '../support/nodeRedFlow';
import { nodeRedForm } from '../support/nodeRedForm';
import { account, startSandbox } from '../support/sandbox';
import { startNodeRed, type FlowNode, type NodeRed } from './nodeRed';

const examples = join(import.meta.dirname, '../../node-red/examples');
const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

/** A tab that answers POST /<path> with what an operation's node puts out, or with what a Catch node gets. */
function tab(path: string, name: OperationName, settings: AccountSettings): FlowNode[] {
  const id = (node: string) => `${path}-${node}`;
  const at = { z: id('tab'), x: 0, y: 0 };
  const { inputs, msg } = nodeRedForm(name, fixtures[name]);
  const { flows, credentials } = flowOf(name, settings, inputs);
  const find = (type: string) => flows.find((node) => node.type === type);
  const failed = 'msg.payload = { error: msg.error.message, ...msg.sendclean };\nreturn msg;';
  return [
    { id: id('tab'), type: 'tab', label: path },
    {
      ...find('sendclean-account'),
      id: id('account'),
      type: 'sendclean-account',
      credentials: credentials?.account ?? {},
    },
    { id: id('in'), type: 'http in', ...at, url: `/${path}`, method: 'post', wires: [[id('files')]] },
    { id: id('files'), type: 'function', ...at, func: files(msg), wires: [[id('node')]] },
    {
      ...find(operations[name].hosts.nodeRed.type),
      ...at,
      id: id('node'),
      type: operations[name].hosts.nodeRed.type,
      account: id('account'),
      wires: [[id('out')]],
    },
    { id: id('catch'), type: 'catch', ...at, scope: null, wires: [[id('failed')]] },
    { id: id('failed'), type: 'function', ...at, func: failed, wires: [[id('out')]] },
    { id: id('out'), type: 'http response', ...at, wires: [] },
  ];
}

/** The code of a function node that puts the files of a fixture into a message, as Buffers. */
function files(msg: NodeMessage): string {
  const lists = ['attachments', 'images'].map((list) => {
    const written = JSON.stringify(msg[list]);
    return `msg.${list} = ${written}.map((file) => ({ ...file, content: Buffer.from(file.content.data) }));`;
  });
  return `${lists.join('\n')}\nreturn msg;`;
}

/** Tabs for every failure that a person can meet, each with the sentence that it ends in. */
const failures: [path: string, settings: AccountSettings, fault: object | undefined, sentence: RegExp][] = [
  [
    'wrong-token',
    { token: 'wrong-token' },
    undefined,
    /^SendClean refused the call: Token MissMatch \(AuthenticationError\): check owner ID and token of the account$/,
  ],
  [
    'wrong-domain',
    { endpoint: '', domain: 'nowhere.invalid' },
    undefined,
    /^SendClean cannot be reached: the host name (is not known|cannot be looked up now)/,
  ],
  [
    'no-bare-domain',
    { endpoint: '', domain: 'https://evil.example/x' },
    undefined,
    /^App Domain must be a bare host name such as us1-mta1\.sendclean\.net, got "https:\/\/evil\.example\/x"$/,
  ],
  [
    'variable-not-set',
    { token: '${SENDCLEAN_NOT_SET}' },
    undefined,
    /^Token uses the environment variable SENDCLEAN_NOT_SET, which is not set$/,
  ],
  [
    'unreachable',
    { endpoint: 'http://127.0.0.1:1' },
    undefined,
    /^SendClean cannot be reached: the connection was refused/,
  ],
  ['http-500', {}, { kind: 'reply', status: 500, body: 'Oops' }, /^SendClean answered with HTTP 500$/],
  [
    'html',
    {},
    { kind: 'reply', body: '<!doctype html><html></html>' },
    /^SendClean answered with a web page instead of JSON \(HTTP 200\)$/,
  ],
  [
    'broken-json',
    {},
    { kind: 'reply', body: '{"status":"succ' },
    /^SendClean answered with broken JSON \(HTTP 200\)$/,
  ],
];

for (const version of ['5', '4'] as const) {
  describe(`the packed nodes in a real Node-RED ${version}`, () => {
    let sandbox: Sandbox;
    let nodeRed: NodeRed;
    const post = async (path: string) => {
      const response = await fetch(`${nodeRed.url}/${path}`, { method: 'POST' });
      return (await response.json()) as Record<string, unknown>;
    };
    before(async () => {
      assert.ok(tarball, 'build/ has no tarball');
      sandbox = await startSandbox();
      const endpoint = sandbox.url;
      const flows = [
        ...Object.values(operations).flatMap(({ name }) => tab(name, name, { endpoint })),
        ...failures.flatMap(([path, settings]) => tab(path, 'sendMail', { endpoint, ...settings })),
      ];
      nodeRed = await startNodeRed({
        version,
        tarball,
        flows,
        progress: (line) => process.stderr.write(`${line}\n`),
      });
    });
    after(async () => {
      await nodeRed.stop();
      await sandbox.close();
    });

    it('runs all four operations, with every attachment whole', async () => {
      for (const name of ['sendMail', 'sendTemplate'] as const) {
        assert.partialDeepStrictEqual(await post(name), { status: 'success', xUniqueId: 'order-1042' });
      }
      assert.partialDeepStrictEqual(await post('sendTemplateGet'), { status: 'success', xUniqueId: null });
      assert.equal((await post('getMessageInfo')).length, 8);
      const sent = await messages(sandbox.url);
      const { attachments = {}, images = {} } = fixtures.sendMail.files;
      const hashes = (list: Record<string, { bytes: Buffer }>) =>
        Object.values(list).map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
      for (const operation of ['sendMail', 'sendTemplate']) {
        const mail = sent.find((message) => message.operation === operation);
        assert.deepEqual(
          mail?.attachments.map(({ sha256 }) => sha256),
          hashes(attachments),
        );
        assert.deepEqual(
          mail?.images.map(({ sha256 }) => sha256),
          hashes(images),
        );
      }
    });

    it('reads what the account has, a call of each resource, and shows no password', async () => {
      assert.partialDeepStrictEqual(await post('viewUserDetail'), { reputation: '50%' });
      const all = ['listSmtp', 'listSendingDomain', 'listTrackingDomain', 'listWebhook'].map(post);
      const [users, sending, tracking, webhooks] = await Promise.all(all);
      const url = `${sandbox.url}/_sandbox/smtp-users/${account.smtpUser}/password`;
      const { password } = (await (await fetch(url)).json()) as { password: string };
      assert.partialDeepStrictEqual(users, [{ smtpUserName: account.smtpUser }]);
      assert.partialDeepStrictEqual(sending, [{ domain: 'example.com', verified: true }]);
      assert.partialDeepStrictEqual(tracking, [{ domain: 'track.example.com', cnameValid: true }]);
      assert.deepEqual(webhooks, []);
      assert.ok(!JSON.stringify(users).includes(password) && !nodeRed.log().includes(password));
    });

    it('offers every example flow in the import menu', async () => {
      const menu = `${nodeRed.url}/library/examples/flows/@sendclean-nodes/node-red-sendclean/`;
      const get = async (path: string) => (await (await fetch(menu + path)).json()) as unknown;
      const names = globSync('*.json', { cwd: examples }).map((file) => basename(file, '.json'));
      assert.ok(names.length >= 6);
      assert.deepEqual(
        await get(''),
        names.sort().map((name) => ({ fn: name })),
      );
      for (const name of names)
        assert.deepEqual(await get(name), JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8')));
    });

    for (const [path, , description, sentence] of failures) {
      it(`ends in one clear sentence: ${path}`, async () => {
        if (description) await fault(sandbox.url, description);
        const payload = await post(path);
        assert.match(String(payload.message), sentence);
        assert.equal(payload.error, `${String(payload.message)}. ${String(payload.advice)}`);
        for (const token of [account.token, 'wrong-token']) {
          assert.ok(!JSON.stringify(payload).includes(token));
          assert.ok(!nodeRed.log().includes(token));
        }
      });
    }
  });
}
