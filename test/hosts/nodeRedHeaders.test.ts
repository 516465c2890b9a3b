import assert from 'node:assert/strict';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { message, messages } from '../sandbox/client';
import { startSandbox } from '../support/sandbox';
import { flowOf } from '../support/nodeRedFlow';
import { startNodeRed, type FlowNode } from './nodeRed';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

/** What a page sets to get at the email of whoever emails it. */
const hostile = {
  'set-cookie': ['session=canary', 'id=canary'],
  authorization: 'Bearer canary',
  'proxy-authorization': 'Basic canary',
  'www-authenticate': 'Basic realm="canary"',
  'x-api-key': 'canary',
  'reply-to': 'canary@example.com',
  'x-unique-id': 'canary',
  'x-stes-trackopen': 'no',
  'x-stes-returnpathdomain': 'canary.example.com',
  'x-node-red-canary': 'canary',
  'keep-alive': 'timeout=7',
  te: 'trailers',
  'proxy-connection': 'close',
  to: 'canary@example.com',
  cc: 'canary@example.com',
  bcc: 'canary@example.com',
  from: 'canary@example.com',
  subject: 'canary',
  'return-path': 'canary@example.com',
  'x-campaign': 'canary',
};

/** The part of each flow that makes an email of what came. */
const asMail = `Object.assign(msg, { from: 'shop@example.com', to: 'jane@example.com', topic: 'The page' });`;

/** Flows that answer POST /<path> when their email is sent, by what stands between the request and the email. */
const ways: Record<string, { page: boolean; func: string }> = {
  fetched: { page: true, func: '' },
  added: { page: true, func: `msg.headers['x-added'] = 'canary';` },
  'made-anew': { page: true, func: `msg.headers = { 'X-Anew': 'canary' };` },
  visited: { page: false, func: `msg.headers = msg.req.headers;` },
};

function flowsOf(endpoint: string, page: string): FlowNode[] {
  const { flows, credentials } = flowOf('sendMail', { endpoint });
  const find = (wanted: string) => flows.find(({ id }) => id === wanted) ?? assert.fail(wanted);
  const at = { z: 'tab', x: 0, y: 0 };
  const each = Object.entries(ways).flatMap(([path, way]): FlowNode[] => [
    { id: path, type: 'http in', ...at, url: `/${path}`, method: 'post', wires: [[`${path}-strip`]] },
    // Without what the http in node leaves, so that only the page's own marks are there.
    {
      id: `${path}-strip`,
      type: 'function',
      ...at,
      func: way.page
        ? `flow.set('res', msg.res); return { payload: '' };`
        : `flow.set('res', msg.res); msg.payload = 'Hi'; return msg;`,
      wires: [[way.page ? `${path}-get` : `${path}-mail`]],
    },
    {
      id: `${path}-get`,
      type: 'http request',
      ...at,
      method: 'GET',
      ret: 'txt',
      url: page,
      wires: [[`${path}-mail`]],
    },
    {
      id: `${path}-mail`,
      type: 'function',
      ...at,
      func: `${way.func}\n${asMail}\nreturn msg;`,
      wires: [[`${path}-send`]],
    },
    {
      ...find('node'),
      id: `${path}-send`,
      type: operations.sendMail.hosts.nodeRed.type,
      wires: [[`${path}-back`]],
    },
    {
      id: `${path}-back`,
      type: 'function',
      ...at,
      func: `return { res: flow.get('res'), payload: msg.payload };`,
      wires: [[`${path}-out`]],
    },
    { id: `${path}-out`, type: 'http response', ...at, wires: [] },
  ]);
  return [
    { ...find('tab'), type: 'tab' },
    { ...find('account'), type: 'sendclean-account', credentials: credentials?.account ?? {} },
    ...each,
  ];
}

for (const version of ['5', '4'] as const) {
  describe(`a real Node-RED ${version} that emails what an HTTP node got`, () => {
    it('sends none of the headers that came with it, and says so once', { timeout: 300_000 }, async () => {
      assert.ok(tarball, 'build/ has no tarball');
      await using stack = new AsyncDisposableStack();
      const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
      const server = createServer((_, response) => response.writeHead(200, hostile).end('<p>The page</p>'));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      stack.defer(() => void server.close());
      const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const nodeRed = stack.adopt(
        await startNodeRed({ version, tarball, flows: flowsOf(sandbox.url, page) }),
        (host) => host.stop(),
      );
      for (const path of Object.keys(ways).flatMap((one) => [one, one])) {
        const headers = { cookie: 'visitor=canary', authorization: 'Bearer canary', 'x-visitor': 'canary' };
        const response = await fetch(`${nodeRed.url}/${path}`, { method: 'POST', headers });
        assert.partialDeepStrictEqual(await response.json(), { status: 'success' }, path);
      }
      const sent = await messages(sandbox.url);
      assert.equal(sent.length, 2 * Object.keys(ways).length);
      for (const { id } of sent) {
        const { request } = await message(sandbox.url, id);
        assert.ok(!JSON.stringify(request).includes('canary'));
        const { headers } = (request as { message: { headers: object } }).message;
        assert.deepEqual(Object.keys(headers), ['X-Unique-Id']);
      }
      const warnings = nodeRed.log().match(/Custom Headers leaves msg\.headers out/g) ?? [];
      assert.equal(warnings.length, Object.keys(ways).length);
    });
  });
}
