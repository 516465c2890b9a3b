import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, control } from '../sandbox/client';
import type { FlowNode } from '../support/nodeRed';
import { flowOf, ids, type AccountSettings } from '../support/nodeRedFlow';
import { account, startSandbox } from '../support/sandbox';
import { mail, useRuntime, type Failure } from './harness';

const sentence =
  'Token was entered for another address: enter it again in the SendClean account. Nothing was sent. Correct this, then run it again.';

describe('the token of an account in Node-RED', () => {
  const { url, red, deploy, result, failure, requestCount } = useRuntime();
  let other: Sandbox;
  before(async () => {
    other = await startSandbox();
  });
  after(async () => await other?.close());
  beforeEach(async () => {
    await clear(other.url, 'requests');
    // An account that is gone takes its token along.
    await red().deploy({ flows: [] });
  });
  afterEach(() => {
    delete process.env.BOUND_TOKEN_ENDPOINT;
  });

  const countAtOther = async () =>
    ((await (await control(other.url, 'requests')).json()) as { count: number }).count;

  /** Deploys as the editor does, with those credentials only that were entered. */
  function deployFromEditor(
    settings: AccountSettings,
    credentials?: Record<string, string>,
    more: object = {},
  ) {
    const { flows } = flowOf('sendMail', settings);
    const changed = flows.map(
      (node): FlowNode =>
        node.id === 'account' ? { ...node, ...more, ...(credentials && { credentials }) } : node,
    );
    return red().deploy({ flows: changed });
  }

  function assertRefused({ error, sendclean }: Failure): void {
    assert.equal(error.message, sentence);
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent', path: 'token' });
  }

  it('goes to no other address that is deployed later, and to its own again', async () => {
    await deploy('sendMail');
    await result(mail);
    for (const more of [{ endpoint: other.url }, { endpoint: '', domain: 'example.com' }]) {
      await deployFromEditor(more);
      assertRefused(await failure(mail));
    }
    assert.equal(await countAtOther(), 0);
    await deployFromEditor({ endpoint: `${url()}/v1.0/` });
    await result(mail);
    assert.equal(await requestCount(), 2);
  });

  it('does not go to the address of a flow that is imported over the account', async () => {
    await deploy('sendMail');
    const imported = [
      {},
      { token: '' },
      { credentials: { ownerId: account.owner_id } },
      { credentials: { ownerId: account.owner_id, address: other.url } },
    ];
    for (const more of imported) {
      await deployFromEditor({ endpoint: other.url }, undefined, more);
      assertRefused(await failure(mail));
    }
    const { flows } = flowOf('sendMail', { endpoint: other.url });
    await red().deploy({
      flows: flows.map(
        (node): FlowNode =>
          node.id === 'account' ? { ...node, id: 'copy', _alias: 'account' } : { ...node, account: 'copy' },
      ),
    });
    red().send(ids.node, mail);
    await red().next(ids.caught);
    assert.equal(await countAtOther(), 0);
  });

  it('is used at another address once it is entered again, also the same one', async () => {
    await deploy('sendMail');
    await deployFromEditor({ endpoint: other.url });
    assertRefused(await failure(mail));
    await deployFromEditor({ endpoint: other.url }, { token: account.token });
    await result(mail);
    assert.deepEqual([await requestCount(), await countAtOther()], [0, 1]);
    await deployFromEditor({ endpoint: url() });
    assertRefused(await failure(mail));
  });

  it('stays with its address when owner ID or another setting is entered', async () => {
    await deploy('sendMail');
    await deployFromEditor(
      { endpoint: url(), timeout: '20' },
      { ownerId: account.owner_id, token: '__PWRD__' },
    );
    await result(mail);
    await deployFromEditor({ endpoint: other.url }, { ownerId: account.owner_id, token: '__PWRD__' });
    assertRefused(await failure(mail));
    assert.equal(await countAtOther(), 0);
  });

  it('is bound to what a variable says of the address, not to its name', async () => {
    process.env.BOUND_TOKEN_ENDPOINT = url();
    await deploy('sendMail', {}, { endpoint: '${BOUND_TOKEN_ENDPOINT}' });
    await result(mail);
    process.env.BOUND_TOKEN_ENDPOINT = other.url;
    await deployFromEditor({ endpoint: '${BOUND_TOKEN_ENDPOINT}', timeout: '20' });
    assertRefused(await failure(mail));
    assert.equal(await countAtOther(), 0);
  });

  it('of an account in a subflow is bound to what an instance says of the address', async () => {
    const at = { x: 0, y: 0 };
    const inSubflow = (endpoint: string) => {
      const { flows, credentials } = flowOf('sendMail', { endpoint: '${ENDPOINT}' });
      const moved = flows
        .filter(({ id }) => id !== 'catch')
        .map(
          (node): FlowNode => (['account', ids.node].includes(node.id) ? { ...node, z: 'subflow' } : node),
        );
      const env = [{ name: 'ENDPOINT', type: 'str', value: endpoint }];
      const wiring = {
        in: [{ ...at, wires: [{ id: ids.node }] }],
        out: [{ ...at, wires: [{ id: ids.node, port: 0 }] }],
      };
      const added: FlowNode[] = [
        { id: 'subflow', type: 'subflow', name: 'Send', env: [], ...wiring },
        { id: 'instance', type: 'subflow:subflow', z: 'tab', ...at, env, wires: [[ids.out]] },
        { id: 'catch', type: 'catch', z: 'tab', ...at, scope: ['instance'], wires: [[ids.caught]] },
      ];
      return { flows: [...moved, ...added], ...(credentials && { credentials }) };
    };
    await red().deploy(inSubflow(url()));
    red().send('instance', mail);
    assert.equal((await red().nextOf(ids.out, ids.caught)).id, ids.out);
    await red().deploy({ flows: inSubflow(other.url).flows });
    red().send('instance', mail);
    assertRefused((await red().next(ids.caught)) as Failure);
    assert.equal(await countAtOther(), 0);
  });

  it('is bound once the address can be used', async () => {
    await deploy('sendMail', {}, { endpoint: '${BOUND_TOKEN_ENDPOINT}' });
    assert.match((await failure(mail)).error.message, /BOUND_TOKEN_ENDPOINT, which is not set/);
    await deployFromEditor({ endpoint: url() });
    await result(mail);
    await deployFromEditor({ endpoint: other.url });
    assertRefused(await failure(mail));
  });

  it('goes to whatever address is deployed where it is a variable', async () => {
    process.env.BOUND_TOKEN_TOKEN = account.token;
    process.env.BOUND_TOKEN_OWNER = account.owner_id;
    await deploy('sendMail', {}, { token: '${BOUND_TOKEN_TOKEN}', ownerId: '${BOUND_TOKEN_OWNER}' });
    await result(mail);
    await deployFromEditor({ endpoint: other.url });
    await result(mail);
    assert.deepEqual([await requestCount(), await countAtOther()], [1, 1]);
  });
});
