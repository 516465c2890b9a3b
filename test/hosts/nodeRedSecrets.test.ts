import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { control, until } from '../sandbox/client';
import type { AccountSettings } from '../support/nodeRedFlow';
import { account, startSandbox } from '../support/sandbox';
import { startNodeRed, type NodeRed } from './nodeRed';
import { orderFlow } from './nodeRedOrders';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

/** A user of the editor. The hash is that of the word `password`. */
const user = (username: string, permissions: string | string[]) => ({
  username,
  password: '$2b$04$2jwP5QlO/FT4984ZC85Rx.ouy4F2t6l6Dg3h744VxyV.85EbXPaPu',
  permissions,
});

const users = [user('deployer', '*'), user('tester', ['read', 'sendclean-account.write'])];

const variables = { ownerId: '${SHOP_OWNER}', token: '${SHOP_TOKEN}' };

for (const version of ['5', '4'] as const) {
  describe(`an account in Node-RED ${version}`, () => {
    let sandbox: Sandbox;
    let other: Sandbox;
    let nodeRed: NodeRed;
    before(async () => {
      assert.ok(tarball, 'build/ has no tarball');
      sandbox = await startSandbox();
      other = await startSandbox();
      nodeRed = await startNodeRed({
        version,
        tarball,
        flows: orderFlow({ endpoint: sandbox.url }),
        settings: { adminAuth: { type: 'credentials', users } },
        env: { SHOP_OWNER: account.owner_id, SHOP_TOKEN: account.token },
      });
    });
    after(async () => {
      await nodeRed?.stop();
      await sandbox?.close();
      await other?.close();
    });

    const requestCount = async ({ url }: Sandbox) =>
      ((await (await control(url, 'requests')).json()) as { count: number }).count;

    /** A request to the admin API. */
    async function post(username: string, path: string, content: object): Promise<Response> {
      const login = { client_id: 'node-red-admin', grant_type: 'password', scope: '' };
      const form = new URLSearchParams({ ...login, username, password: 'password' });
      const signedIn = await fetch(`${nodeRed.url}/auth/token`, { method: 'POST', body: form });
      const { access_token: token } = (await signedIn.json()) as { access_token: string };
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = JSON.stringify(content);
      return await fetch(`${nodeRed.url}/${path}`, { method: 'POST', headers, body });
    }

    /** Deploys as the editor does, with those credentials only that were entered. */
    async function deploy(settings: AccountSettings, credentials?: Record<string, string>): Promise<void> {
      const starts = () => nodeRed.log().match(/Started (modified )?flows/g)?.length;
      const before = starts();
      const flows = orderFlow(settings).map(({ credentials: all, ...node }) =>
        all && credentials ? { ...node, credentials } : node,
      );
      assert.ok((await post('deployer', 'flows', flows)).ok);
      await until('the flows have started', () => Promise.resolve(starts() !== before));
    }

    const order = async () => await (await fetch(`${nodeRed.url}/order`, { method: 'POST' })).json();

    async function assertRefused(): Promise<void> {
      const { message } = (await order()) as { message: string };
      assert.match(message, /^Token was entered for another address: enter it again/);
      assert.equal(await requestCount(other), 0);
    }

    it('still sends with a token that was stored without an address', async () => {
      assert.partialDeepStrictEqual(await order(), { status: 'success' });
    });

    it('sends nothing to the address of a flow that is imported over it, also after a crash', async () => {
      await deploy({ endpoint: other.url });
      await assertRefused();
      await nodeRed.crash();
      await assertRefused();
    });

    it('sends there once the token is entered again', async () => {
      await deploy({ endpoint: other.url }, { token: account.token });
      assert.partialDeepStrictEqual(await order(), { status: 'success' });
      assert.equal(await requestCount(other), 1);
    });

    it('keeps its secrets from those who may test accounts but not deploy', async () => {
      await deploy({ endpoint: sandbox.url }, variables);
      const flows = orderFlow({ endpoint: other.url });
      assert.equal((await post('tester', 'flows', flows)).status, 401);
      const before = [await requestCount(sandbox), await requestCount(other)];
      const deployed = { id: 'account', ...variables, token: '__PWRD__', domain: '', endpoint: sandbox.url };
      const elsewhere = [
        { endpoint: other.url },
        { endpoint: '', domain: 'example.com' },
        { ownerId: 'typed' },
        { token: variables.token, endpoint: other.url },
        { token: '${NOT_SET}', endpoint: other.url },
        { ownerId: '${NOT_SET}' },
      ];
      const said = new Set<unknown>();
      for (const values of elsewhere) {
        const response = await post('tester', 'sendclean/test-connection', { ...deployed, ...values });
        assert.equal(response.status, 400);
        said.add(((await response.json()) as { message: string }).message);
      }
      const [sentence] = said;
      assert.match(
        String(sentence),
        /tested only as they are deployed: deploy first, or type owner ID and token$/,
      );
      assert.equal(said.size, 1);
      assert.deepEqual([await requestCount(sandbox), await requestCount(other)], before);
      const response = await post('tester', 'sendclean/test-connection', deployed);
      assert.partialDeepStrictEqual(await response.json(), { ok: true });
    });
  });
}
