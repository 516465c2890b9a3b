import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testAccount } from '../../shared/accountTest';
import { createRedact } from '../../shared/response/redact';
import type { TransportResponse, TransportRequest } from '../../shared/wire/transport';
import { simulatedClock } from '../support/clock';

/** Tests an account of a service that answers as it is told, and tells which requests were made. */
async function tested(answer: Partial<TransportResponse> | Error, endpoint = '') {
  const requests: TransportRequest[] = [];
  const send = async (request: TransportRequest) => {
    requests.push(request);
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: {}, body: '', ...answer };
  };
  const redact = createRedact({ token: 'secret' });
  const failure = await testAccount({ transport: { send }, clock: simulatedClock(), redact }, { endpoint });
  return { failure, requests };
}

describe('the test of an account', () => {
  it('finds nothing wrong when the service accepts it, by one read that a person can wait for', async () => {
    const { failure, requests } = await tested({ body: '{"status":"success","message_data":[]}' });
    assert.equal(failure, undefined);
    const [{ path, timeout } = { path: '', timeout: 0 }, ...others] = requests;
    assert.deepEqual([path, timeout, others], ['messages/getMessageInfo', 15_000, []]);
  });

  it('says what the service says, without the token', async () => {
    const body = '{"status":"error","name":"AuthenticationError","message":"No token secret"}';
    assert.match((await tested({ body })).failure ?? '', /^SendClean refused the call: No token \*\*\* \(/);
  });

  it('names an address that answers but is not SendClean, by the setting that leads there', async () => {
    const answers = [
      { body: '<html>Hello</html>' },
      { body: '{"status":"succ' },
      { body: '{"ok":true}' },
      { status: 404, body: 'Not Found' },
    ];
    for (const answer of answers) {
      for (const [endpoint, label] of [
        ['', 'App Domain'],
        ['http://127.0.0.1:8025', 'Custom Endpoint'],
      ] as const) {
        const { failure } = await tested(answer, endpoint);
        const sentence = `The address in ${label} answers, but not as SendClean does (HTTP ${answer.status ?? 200}): check ${label}`;
        assert.equal(failure, sentence);
      }
    }
  });

  it('says what is wrong with the way to the service, after one request', async () => {
    const { failure, requests } = await tested(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
    assert.match(failure ?? '', /^SendClean cannot be reached: the connection was refused/);
    assert.equal(requests.length, 1);
  });

  it('tells an address of another service from errors of SendClean by the status', async () => {
    const answer = (status: number, body = 'No') => tested({ status, body });
    const isOther = async (status: number) =>
      /answers, but not as/.test((await answer(status)).failure ?? '');
    const statuses = [300, 307, 399, 400, 404, 499, 500, 503];
    const others = await Promise.all(statuses.map(isOther));
    assert.deepEqual(
      statuses.filter((_, index) => others[index]),
      [400, 404, 499],
    );
    const named = '{"status":"error","name":"GeneralError","message":"No"}';
    assert.doesNotMatch((await answer(404, named)).failure ?? '', /answers, but not as/);
    assert.match((await answer(307)).failure ?? '', /redirect/);
  });

  it('reads no more than one record', async () => {
    const records = Array.from({ length: 100 }, (_, index) => ({ email: `jane${index}@example.com` }));
    const body = JSON.stringify({ status: 'success', message_data: records });
    assert.equal((await tested({ body })).requests.length, 1);
  });
});
