import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { handshake } from '../../shared/events/readEvents';
import { fault, until } from '../sandbox/client';
import { asForm, asJson, form, useEvents } from './eventsHarness';

const setup = useEvents();
const { red, deploy, post, got, address, warnings, status } = setup;

const opened = { _id: '1', event: 'open' };
const spam = { event: 'spam' };
const taken = { status: 200, text: handshake };
const none = 'The request has no list of events';
const noEvent = '1 of 1 entries of the request are not events';
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What is written as warnings while something is done. */
async function warned(work: () => Promise<unknown>): Promise<string[]> {
  const before = warnings().length;
  await work();
  return warnings().slice(before);
}

describe('the Node-RED node for events, of what nobody should post', () => {
  const foreign: [name: string, body: string, headers: Record<string, string>, problem: string][] = [
    ['a POST that is no event', 'hello=world', asForm, none],
    ['text', 'hello', { 'content-type': 'text/plain' }, none],
    ['what is not JSON', '{"SendCleantes_events": [', asJson, none],
    [
      'another list',
      '[1, null, "open", {"event": 3}]',
      asJson,
      '4 of 4 entries of the request are not events',
    ],
    [
      'a form that is cut off',
      '--x\r\nContent-Disposition: form-data',
      { 'content-type': 'multipart/form-data; boundary=x' },
      none,
    ],
    ['a body that is nested 100,000 times', nested(100_000), asJson, noEvent],
    ['an event that is nested 10,000 times', `[{"event":"open","msg":${nested(10_000)}}]`, asJson, noEvent],
    ['2 MB of a name', `${'a'.repeat(2_000_000)}tes_events=1`, asForm, noEvent],
    [
      '100,000 events',
      JSON.stringify(Array(100_000).fill(spam)),
      asJson,
      'The request has more than 10000 events',
    ],
  ];
  for (const [name, body, headers, problem] of foreign)
    it(`answers ${name} as the service wants, says in one line what it is, and starts nothing`, async () => {
      await deploy();
      const said = await warned(async () => assert.deepEqual(await post(body, headers), taken));
      assert.deepEqual(said, [problem]);
      assert.deepEqual(await got(), []);
    });

  it('takes an event of 2 MB, and those beside one that is none', async () => {
    await deploy();
    const large = { ...opened, msg: { text: 'a'.repeat(2_000_000) } };
    const said = await warned(() => post(form([large, 3]), asForm));
    assert.deepEqual(said, ['1 of 2 entries of the request are not events']);
    assert.deepEqual(
      (await got()).map(({ topic }) => topic),
      ['open'],
    );
  });

  it('changes no prototype', async () => {
    await deploy();
    const event =
      '{"event":"open","__proto__":{"polluted":1},"msg":{"constructor":{"prototype":{"polluted":1}}}}';
    await post(`{"SendCleantes_events":[${event}],"__proto__":{"polluted":1}}`, asJson);
    assert.equal((await got()).length, 1);
    assert.ok(!('polluted' in {}));
  });

  for (const [name, headers] of [
    ['says its length', (body: string) => ({ 'content-length': body.length })],
    ['does not', () => ({ 'transfer-encoding': 'chunked' })],
  ] as const)
    it(`answers 413 to a body of more than 5 MB that ${name}, on a connection that can be used again`, async () => {
      await deploy();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ports = new Set<number | undefined>();
      const send = (body: string) =>
        new Promise<number | undefined>((resolve, reject) => {
          const options = { method: 'POST', agent, headers: { ...asForm, ...headers(body) } };
          const sent = request(address(), options, (response) => {
            response.resume().on('end', () => resolve(response.statusCode));
          });
          sent.on('socket', (socket) => socket.once('connect', () => ports.add(socket.localPort)));
          sent.on('error', reject).end(body);
        });
      const said = await warned(async () => assert.equal(await send('a'.repeat(6_000_000)), 413));
      assert.deepEqual(said, ['A request is longer than 5 MB']);
      assert.equal(await send(form([opened])), 200);
      agent.destroy();
      assert.equal(ports.size, 1);
      assert.equal((await got()).length, 1);
    });

  it('is not held up by a client that never finishes, nor is a deploy', async () => {
    await deploy();
    const socket = connect(Number(new URL(address()).port), '127.0.0.1');
    const { pathname } = new URL(address());
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nSendCleantes_events=`);
    await post(form([opened]), asForm);
    assert.equal((await got()).length, 1);
    await deploy({ name: 'Other' });
    socket.destroy();
    assert.deepEqual(await post(form([{ ...opened, _id: '2' }]), asForm), taken);
  });
});

describe('the Node-RED node for events that verifies signatures', () => {
  const verifying = () => ({ account: 'account', verifySignature: true, publicAddress: setup.origin() });
  const body = form([opened]);
  const sign = (key: string, encoding: 'base64' | 'hex') => {
    const [[name, value] = []] = [...new URLSearchParams(body)];
    const signature = createHmac('sha1', key).update(`${address()}${name}${value}`).digest(encoding);
    return { ...asForm, 'X-SendCleanTES-SIGNATURE': signature };
  };

  /** Has the sandbox know the address; the key that it signs with. */
  async function add(): Promise<string> {
    await deploy();
    await setup.call('settings/addWebhook', { url: address(), event: 'open' });
    return (await setup.webhooks())[0]?.key ?? assert.fail('there is no webhook');
  }

  it('takes what is signed with the key of the webhook, in base64 or hexadecimal digits', async () => {
    const key = await add();
    await deploy(verifying());
    assert.deepEqual(await post(body, sign(key, 'base64')), taken);
    assert.equal((await got()).length, 1);
    await deploy({ ...verifying(), id: 'another', wires: [['out']] });
    assert.deepEqual(await post(body, sign(key, 'hex')), taken);
    assert.equal((await got()).length, 1);
  });

  it('takes what the sandbox itself posts', async () => {
    await add();
    await deploy(verifying());
    await setup.control('webhooks/burst', { count: 3 });
    await until('the events are there', async () => red().waiting('out') === 3);
  });

  it('starts nothing twice when a batch comes again while the key is still being read', async () => {
    const key = await add();
    await deploy(verifying());
    await fault(setup.sandbox().url, { kind: 'delay', path: 'settings/listWebhook', delayMs: 300 });
    const answers = await Promise.all([1, 2, 3].map(() => post(body, sign(key, 'hex'))));
    assert.deepEqual(answers, [taken, taken, taken]);
    assert.equal((await got()).length, 1);
  });

  it('answers 401 to what is signed wrongly or not at all, and starts nothing', async () => {
    const key = await add();
    await deploy(verifying());
    for (const headers of [
      asForm,
      sign('wrong', 'base64'),
      sign('wrong', 'hex'),
      { ...sign(key, 'hex'), 'X-SendCleanTES-SIGNATURE': 'x' },
    ]) {
      const said = await warned(async () => assert.equal((await post(body, headers)).status, 401));
      assert.deepEqual(said, ['The signature of the request is missing or wrong']);
      assert.equal(status(), 'failed: wrong signature');
    }
    assert.deepEqual(await got(), []);
    assert.ok(!red().log().includes(key));
  });

  it('still answers the service that asks for its text', async () => {
    await add();
    await deploy(verifying());
    assert.deepEqual(await post(''), taken);
    assert.equal((await fetch(address())).status, 200);
  });

  it('asks for the key once for many wrong signatures', async () => {
    await add();
    await deploy(verifying());
    await setup.control('requests', undefined, 'DELETE');
    for (let count = 0; count < 5; count += 1) await post(body, sign('wrong', 'hex'));
    const { count } = (await (await setup.control('requests')).json()) as { count: number };
    assert.equal(count, 1);
  });

  it('has a batch come again where the key cannot be read', async () => {
    const key = await add();
    await deploy(verifying(), [], { account: { ownerId: 'sandbox', token: 'wrong-token' } });
    const said = await warned(async () => assert.equal((await post(body, sign(key, 'hex'))).status, 503));
    assert.match(String(said[0]), /^A request cannot be taken now: .*Token MissMatch/);
    assert.deepEqual(await got(), []);
  });
});
