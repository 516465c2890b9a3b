import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { faultKinds } from '../../sandbox/src/faults';
import { operations } from '../../shared/generated/operations';
import { account } from '../support/sandbox';
import { clear, control, fault, mail, messages, post } from './client';
import { run, type Run } from './run';

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const large = 50_000_000;

describe('a sandbox that is sent hostile requests', () => {
  let sandbox: Run;
  let url: string;
  let kill: () => void;
  before(async () => {
    sandbox = run({ after: (end) => (kill = end) }, '--port', '0');
    url = await sandbox.listening;
  });
  afterEach(async () => {
    assert.ok(Array.isArray(await messages(url)), 'it still answers');
    assert.equal(sandbox.err, '');
  });
  after(() => kill());

  /** Status line and body of the answer to these bytes. */
  const exchange = (bytes: string): Promise<{ status: string; body: string }> =>
    new Promise((resolve, reject) => {
      const { port, hostname } = new URL(url);
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => (text += part));
      socket.on('error', reject).on('close', () => {
        const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
        resolve({ status: head.split(' ', 2)[1] ?? '', body });
      });
      socket.write(bytes);
    });

  const postText = (path: string, body: string): Promise<Response> =>
    fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  for (const [what, path, body, status, said] of [
    ['broken JSON', 'faults', '{"kind":', 400, /^Body is not valid JSON/],
    ['no JSON object', 'events', '[1]', 400, /^The request must be object$/],
    ['nothing', 'events', '', 400, /^Body cannot be empty/],
    ['deep JSON', 'faults', `{"kind":"reply","body":${deep(100_000)}}`, 400, /^body is nested too deeply/],
    ['deep JSON', 'events', `{"event":${deep(100_000)}}`, 400, /^event must be equal to one of/],
    ['a property of objects', 'faults', '{"kind":"status","__proto__":{"a":1}}', 400, /: __proto__$/],
    [
      'a property of objects',
      'events',
      '{"event":"open","constructor":{"prototype":1}}',
      400,
      /: constructor$/,
    ],
    ['50 MB', 'events', `{"event":"${'x'.repeat(large)}"}`, 400, /^event must be equal to one of/],
    ['50 MB', 'nothing', `"${'x'.repeat(large)}"`, 404, /^There is no such control route$/],
    [
      'a moment that is none',
      'events',
      '{"messageId":1,"event":"open","time":1e300}',
      400,
      /^time must be <= 8/,
    ],
  ] as const) {
    it(`says in one sentence what is wrong with ${what} for ${path}`, async () => {
      const response = await postText(`/_sandbox/${path}`, body);
      assert.equal(response.status, status);
      assert.match(((await response.json()) as { error: string }).error, said);
    });
  }

  for (const [what, bytes, status, said] of [
    [
      'headers of 100 KB',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      '431',
      'The headers are longer than 16 KB',
    ],
    ['something else than HTTP', '\x16\x03\x01\r\n\r\n', '400', 'This is no request by HTTP'],
    [
      'an address that is badly encoded',
      'GET /_sandbox/messages/%ff HTTP/1.0\r\nHost: localhost\r\n\r\n',
      '400',
      'The address is not encoded as an address must be',
    ],
  ] as const) {
    it(`says in one sentence what is wrong with ${what}`, async () => {
      const { status: found, body } = await exchange(bytes);
      assert.equal(found, status);
      assert.deepEqual(JSON.parse(body), { error: said });
    });
  }

  for (const [what, body] of [
    ['broken JSON', '{'],
    ['deep JSON', `{"message":${deep(100_000)}}`],
    ['50 MB', `{"message":"${'x'.repeat(large)}"}`],
    ['a user that is an object', '{"smtp_user_name":{"toString":1}}'],
    ['a property of objects', '{"__proto__":{"a":1},"message":{"__proto__":1}}'],
  ] as const) {
    it(`answers ${what} as the service does, with an error of the caller's`, async () => {
      const { owner_id, token } = account;
      const named = body === '{' ? body : body.replace('{', `{"owner_id":"${owner_id}","token":"${token}",`);
      const response = await postText('/v1.0/messages/sendMail', named);
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { name: string }).name, 'ValidationError');
    });
  }

  it('goes on when a caller leaves in the middle of a slow answer', async () => {
    await fault(url, { kind: 'slowBody', delayMs: 200 });
    const gone = new AbortController();
    const response = await fetch(`${url}/v1.0/messages/sendMail`, { method: 'POST', signal: gone.signal });
    gone.abort();
    await assert.rejects(response.text());
    assert.equal((await post(url, 'sendMail', mail)).status, 200);
  });

  it('answers whatever JSON comes to whatever route, and every fault that it takes ends in a response', async () => {
    const value = fc.anything({ maxDepth: 2, withNullPrototype: false }).filter(isJson);
    const faults = fc
      .record({
        kind: fc.constantFrom(...faultKinds),
        delayMs: fc.nat(5),
        status: fc.integer({ min: 200, max: 599 }),
        body: value,
        headers: fc.dictionary(headerNames, fc.string({ unit: 'binary', maxLength: 2 }), { maxKeys: 2 }),
      })
      .chain((right) => oneWrong(right, ['count', 'delayMs', 'status', 'headers', 'taken', 'error'], value));
    const events = oneWrong({ event: 'open' }, ['messageId', 'xUniqueId', 'email', 'time', 'ip'], value);
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(faults, events, value, async (oneFault, oneEvent, any) => {
        for (const [path, body] of [
          ['faults', oneFault],
          ['events', oneEvent],
          ['faults', any],
          ['events', any],
        ] as const) {
          const response = await postText(`/_sandbox/${path}`, JSON.stringify(body) ?? '');
          assert.ok([201, 400].includes(response.status), `${path}: ${response.status}`);
          if (response.status === 201) taken += 1;
          else assert.match(((await response.json()) as { error: string }).error, /^\S.{5,}$/su);
        }
        const { path } = operations.sendMail;
        const signal = AbortSignal.timeout(10_000);
        const sent = fetch(`${url}/v1.0/${path}`, {
          method: 'POST',
          body: JSON.stringify(any) ?? '',
          signal,
        });
        const how = await sent
          .then((response) => response.text())
          .then(
            () => 'answered',
            (error: Error) => error.name,
          );
        assert.notEqual(how, 'TimeoutError');
        assert.equal((await control(url, 'faults')).status, 200);
        await clear(url, 'faults');
      }),
      { numRuns: 100 },
    );
    assert.ok(taken > 10, `${taken} were taken`);
  });
});

const headerNames = fc.oneof(
  fc.constantFrom('Trailer', 'transfer-encoding', 'X-A', 'Content-Type', 'connection'),
  fc.string({ minLength: 1, maxLength: 3 }),
);

/** An object as it is, or with one of these properties replaced or added. */
function oneWrong(
  right: object,
  names: readonly string[],
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  const wrong = fc.tuple(fc.constantFrom(...names), value).map(([name, one]) => ({ ...right, [name]: one }));
  return fc.oneof(fc.constant(right), wrong);
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
