import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handshake } from '../../shared/events/readEvents';
import { asForm, asJson, eventIds, form, sink, useEvents } from './eventsHarness';

const { red, deploy, post, got, address, origin, errors, statusIs } = useEvents();

const opened = {
  _id: '1',
  event: 'open',
  ts: 1_700_000_000,
  x_unique_id: 'order-1042',
  smtp_name: 'smtp1',
  msg: JSON.stringify({ email: 'jane@example.com', subject: 'Your order', ua: 'Mail' }),
};
const bounced = { ...opened, _id: '2', event: 'hard_bounce' };
const simple = {
  event: 'open',
  time: '2023-11-14T22:13:20.000Z',
  xUniqueId: 'order-1042',
  smtpUser: 'smtp1',
  email: 'jane@example.com',
  subject: 'Your order',
  userAgent: 'Mail',
  raw: opened,
};
const taken = { status: 200, text: handshake };

describe('the Node-RED node for events', () => {
  it('answers GET, HEAD and POST without a body with the text that the service wants', async () => {
    await deploy();
    for (const method of ['GET', 'HEAD', 'POST']) {
      const response = await fetch(address(), { method });
      assert.equal(response.status, 200);
      assert.match(String(response.headers.get('content-type')), /^text\/plain/);
      assert.equal(await response.text(), method === 'HEAD' ? '' : handshake);
    }
    assert.equal((await fetch(address(), { method: 'PUT' })).status, 404);
    assert.deepEqual(await got(), []);
  });

  it('sends one message for each event, in order, which a Join node can put together again', async () => {
    const join = { id: 'join', type: 'join', z: 'tab', x: 0, y: 0, mode: 'auto', wires: [['joined']] };
    await deploy({ wires: [[eventIds.out, 'join']] }, [join, sink('joined')]);
    assert.deepEqual(await post(form([opened, bounced]), asForm), taken);
    const messages = await got();
    assert.deepEqual(
      messages.map(({ topic, payload }) => ({ topic, payload })),
      [
        { topic: 'open', payload: simple },
        { topic: 'hard_bounce', payload: { ...simple, event: 'hard_bounce', raw: bounced } },
      ],
    );
    assert.equal(new Set(messages.map(({ _msgid }) => _msgid)).size, 2);
    const whole = await red().next('joined');
    assert.deepEqual(
      (whole.payload as { event: string }[]).map(({ event }) => event),
      ['open', 'hard_bounce'],
    );
    await statusIs('received 2');
  });

  it('sends events as they came if they are not to be simplified', async () => {
    await deploy({ simplify: false });
    await post(form([opened]), asForm);
    assert.deepEqual(
      (await got()).map(({ payload }) => payload),
      [opened],
    );
  });

  it('sends those that were chosen, of one SMTP user if it is named, and any that is not known', async () => {
    await deploy({ events: 'hard_bounce,spam', smtpUser: 'smtp1' });
    const events = [
      opened,
      bounced,
      { ...bounced, _id: '3', smtp_name: 'smtp2' },
      { ...opened, _id: '4', event: 'unsubscribe' },
    ];
    assert.deepEqual(await post(form(events), asForm), taken);
    assert.deepEqual(
      (await got()).map(({ topic }) => topic),
      ['hard_bounce', 'unsubscribe'],
    );
  });

  const list = JSON.stringify([opened, bounced]);
  const multipart = () => {
    const data = new FormData();
    data.set('sarvtes_events', list);
    return data;
  };
  const shapes: [name: string, body: () => string | FormData, headers?: Record<string, string>][] = [
    ['a form', () => form([opened, bounced]), asForm],
    ['a form under another name', () => form([opened, bounced], 'SARVTES_EVENTS'), asForm],
    ['a form that says to be text', () => form([opened, bounced])],
    ['a multipart form', multipart],
    ['JSON with the list as text', () => JSON.stringify({ SendCleantes_events: list }), asJson],
    ['JSON with the list', () => JSON.stringify({ SendCleantes_events: [opened, bounced] }), asJson],
    ['a list alone', () => list, asJson],
    ['a list as text', () => list, { 'content-type': 'text/plain' }],
    ['a list without a type', () => list, { 'content-type': '' }],
  ];
  for (const [name, body, headers] of shapes)
    it(`reads ${name}`, async () => {
      await deploy();
      assert.deepEqual(await post(body(), headers), taken);
      assert.deepEqual(
        (await got()).map(({ topic }) => topic),
        ['open', 'hard_bounce'],
      );
    });

  it('starts nothing twice when a batch comes again, at once or after a deploy', async () => {
    await deploy();
    const answers = await Promise.all([1, 2, 3].map(() => post(form([opened, bounced]), asForm)));
    assert.deepEqual(answers, [taken, taken, taken]);
    assert.equal((await got()).length, 2);
    await deploy({ name: 'Renamed' });
    await post(form([bounced, { ...opened, _id: '5' }]), asForm);
    assert.deepEqual(
      (await got()).map(({ payload }) => (payload as { raw: { _id: string } }).raw._id),
      ['5'],
    );
  });

  it('serves a path until it is deleted, and another one once that is deployed', async () => {
    await deploy({ path: 'reports/' });
    const statusOf = async (path: string) => (await fetch(`${origin()}${path}`)).status;
    assert.deepEqual(
      [await statusOf('/reports'), await statusOf('/reports/'), await statusOf('/reports/x')],
      [200, 200, 404],
    );
    await deploy({ path: '/others' });
    assert.deepEqual([await statusOf('/reports'), await statusOf('/others')], [404, 200]);
    await red().deploy({ flows: [] });
    assert.equal(await statusOf('/others'), 404);
  });

  it('tells two nodes with one path, of which the second serves nothing', async () => {
    const second = {
      id: 'second',
      type: 'sendclean-events',
      z: 'tab',
      x: 0,
      y: 0,
      name: 'Bounces',
      path: `${new URL(address()).pathname}/`,
      events: 'open',
      wires: [['out2']],
    };
    await deploy({}, [second, sink('out2')]);
    await statusIs('failed: Path is taken', 'second');
    assert.deepEqual(errors('second'), [
      'Path is taken by the node “Reports”, so “Bounces” receives nothing: give it one of its own',
    ]);
    await post(form([opened]), asForm);
    assert.deepEqual([red().waiting(eventIds.out), red().waiting('out2')], [1, 0]);
  });

  const wrong: [settings: object, sentence: RegExp, status: string][] = [
    [{ path: ' ' }, /^Path is required: enter one that nobody can guess$/, 'failed: Path is required'],
    [{ path: '/' }, /^Path is required/, 'failed: Path is required'],
    [{ path: '/a b' }, /^Path must have only letters, digits/, 'failed: Path is not valid'],
    [{ path: '/a/../b' }, /^Path must have only letters, digits/, 'failed: Path is not valid'],
    [{ path: '/:id' }, /^Path must have only letters, digits/, 'failed: Path is not valid'],
    [
      { path: '${NOT_SET}' },
      /^Path uses the environment variable NOT_SET, which is not set$/,
      'failed: Path is not set',
    ],
    [{ events: '' }, /^Events is required: choose at least one$/, 'failed: Events is required'],
    [
      { register: true },
      /^Public Address is required: SendClean posts to it/,
      'failed: Public Address is required',
    ],
    [
      { verifySignature: true, publicAddress: 'https://example.com' },
      /^Account is required: choose/,
      'failed: Account is required',
    ],
    [
      { register: true, account: 'account', publicAddress: 'ftp://example.com' },
      /^Public Address must be an address such as https:\/\/flows.example.com/,
      'failed: Public Address is not valid',
    ],
    [
      { register: true, account: 'account', publicAddress: 'https://me:secret@example.com' },
      /^Public Address must be an address[^@]*$/,
      'failed: Public Address is not valid',
    ],
    [
      { register: true, account: 'account', publicAddress: 'example.com' },
      /^Public Address must be an address/,
      'failed: Public Address is not valid',
    ],
    [
      { register: true, account: 'account', publicAddress: '${NOT_SET}' },
      /^Public Address uses the environment variable NOT_SET/,
      'failed: Public Address is not set',
    ],
  ];
  for (const [settings, sentence, text] of wrong)
    it(`says in one sentence what is wrong with ${JSON.stringify(settings)}, and takes nothing`, async () => {
      const before = errors().length;
      await deploy(settings);
      await statusIs(text);
      const said = errors().slice(before);
      assert.equal(said.length, 1);
      assert.match(String(said[0]), sentence);
      assert.notEqual((await post(form([opened]), asForm)).status, 200);
      assert.equal(red().waiting(eventIds.out), 0);
    });

  it('waits for events if it is not to be registered, and needs no account for that', async () => {
    const before = errors().length;
    await deploy();
    await statusIs('waiting');
    assert.deepEqual(errors().slice(before), []);
  });
});
