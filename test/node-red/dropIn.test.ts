import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import { message, messages } from '../sandbox/client';
import { startMailServer, type MailServer } from '../support/mailServer';
import type { FlowNode } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { fromSandbox, fromSmtp, type SentMail } from '../support/sentMail';
import { variants } from './dropInVariants';
import { useRuntime } from './harness';

/** Headers that the e-mail node makes from properties of the message. */
const madeHeaders = ['in-reply-to', 'references', 'x-priority', 'x-msmail-priority', 'importance'];

describe("a flow made for Node-RED's e-mail node", () => {
  const { url, red, result } = useRuntime();
  let server: MailServer;
  before(async () => (server = await startMailServer()));
  after(() => server.close());

  /** The node as node-red-node-email exports it; Node-RED finds the pack beside itself in node_modules. */
  const exported = (): FlowNode => ({
    id: ids.node,
    type: 'e-mail',
    z: 'tab',
    x: 0,
    y: 0,
    server: '127.0.0.1',
    port: String(server.port),
    authtype: 'NONE',
    saslformat: true,
    token: '',
    secure: false,
    tls: false,
    name: '',
    dname: '',
    wires: [],
  });

  async function original(msg: NodeMessage, headers: string[]): Promise<SentMail> {
    await red().deploy({ flows: [{ id: 'tab', type: 'tab', label: 'Mail' }, exported()] });
    red().send(ids.node, msg);
    return fromSmtp(await server.next(), headers);
  }

  async function swapped(msg: NodeMessage, headers: string[]): Promise<SentMail> {
    await red().deploy(flowOf('sendMail', { endpoint: url() }));
    await result(msg);
    const [summary, ...others] = await messages(url());
    assert.ok(summary);
    assert.equal(others.length, 0);
    return fromSandbox(await message(url(), summary.id), headers);
  }

  for (const [name, { msg, differs }] of Object.entries(variants)) {
    it(`sends the same email with our node in its place: ${name}`, { timeout: 20_000 }, async () => {
      const given = Array.isArray(msg.headers)
        ? msg.headers.map(({ key }) => String(key))
        : Object.keys(msg.headers ?? {});
      const headers = [...given, ...madeHeaders];
      const expected = await original(msg, headers);
      assert.deepEqual(await swapped(msg, headers), { ...expected, ...differs });
    });
  }
});
