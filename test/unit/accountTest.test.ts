import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { say } from '../../shared/phrase';
import { acceptedText, testAccount, type Accepted } from '../../shared/accountTest';
import { createRedact } from '../../shared/response/redact';
import type { TransportResponse, TransportRequest } from '../../shared/wire/transport';
import { simulatedClock } from '../support/clock';

/** Answers of a service by the path of the call, or one for all calls. */
type Answer = Partial<TransportResponse> | Error;
type Answers = Readonly<Record<string, Answer>>;

const body = (json: object) => ({ body: JSON.stringify({ status: 'success', ...json }) });
const unknownCall = { body: '{"status":"error","name":"Invalid Request","message":"Page Not Found"}' };
const jane = body({ user_data: { name: 'Jane Roe', reputation: '50%' } });

/** Tests an account of a service that answers as it is told, and tells which requests were made. */
async function testedAt(answers: Answers, settings: { endpoint?: string; smtpUser?: string } = {}) {
  const requests: TransportRequest[] = [];
  const send = async (request: TransportRequest) => {
    requests.push(request);
    const answer = answers[request.path] ?? answers.all ?? unknownCall;
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: {}, body: '', ...answer };
  };
  const redact = createRedact({ token: 'secret' });
  const options = { transport: { send }, clock: simulatedClock(), redact };
  const found = await testAccount(options, { endpoint: '', ...settings });
  return { found, requests };
}

async function tested(all: Answer, endpoint = '') {
  const { found, requests } = await testedAt({ all }, { endpoint });
  return { failure: 'problem' in found ? say(found.problem) : undefined, requests };
}

describe('the test of an account', () => {
  it('says whose account it is, by one read that a person can wait for', async () => {
    const { found, requests } = await testedAt({ 'account/viewUserDetail': jane });
    assert.deepEqual(found, { name: 'Jane Roe', reputation: '50%', smtpUser: 'none' });
    const [{ path, timeout } = { path: '', timeout: 0 }, ...others] = requests;
    assert.deepEqual([path, timeout, others], ['account/viewUserDetail', 15_000, []]);
  });

  it('asks for emails where the service does not tell whose account it is', async () => {
    const { found, requests } = await testedAt({ 'messages/getMessageInfo': body({ message_data: [] }) });
    assert.deepEqual(found, { smtpUser: 'none' });
    assert.deepEqual(
      requests.map(({ path }) => path),
      ['account/viewUserDetail', 'messages/getMessageInfo'],
    );
  });

  it('asks once where the account is refused', async () => {
    const refused = { body: '{"status":"error","name":"AuthenticationError","message":"Token MissMatch"}' };
    const { failure, requests } = await tested(refused);
    assert.match(failure ?? '', /^SendClean refused the call: Token MissMatch/);
    assert.equal(requests.length, 1);
  });

  it('looks for the SMTP user among those of the account', async () => {
    const list = body({ smtp_list: [{ smtp_user_name: 'smtp1', password: 'hidden' }] });
    const answers = { 'account/viewUserDetail': jane, 'settings/listSmtp': list };
    const { found } = await testedAt(answers, { smtpUser: 'smtp1' });
    assert.deepEqual(found, { name: 'Jane Roe', reputation: '50%', smtpUser: 'known' });
    const other = await testedAt(answers, { smtpUser: 'smtp2' });
    assert.equal(
      'problem' in other.found && say(other.found.problem),
      'SMTP User is not in this account, got "smtp2"',
    );
    const unlisted = await testedAt({ 'account/viewUserDetail': jane }, { smtpUser: 'smtp2' });
    assert.equal((unlisted.found as Accepted).smtpUser, 'unchecked');
  });

  it('puts what was found into a sentence', () => {
    const sentences = [
      acceptedText({ name: 'Jane Roe', reputation: '50%', smtpUser: 'known' }),
      acceptedText({ name: 'Jane Roe', smtpUser: 'none' }),
      acceptedText({ smtpUser: 'unchecked' }),
    ];
    assert.deepEqual(sentences, [
      'Connected as Jane Roe, reputation 50%. The SMTP user is known.',
      'Connected as Jane Roe.',
      'Owner ID and token are accepted. The SMTP user is not checked.',
    ]);
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
    const { requests } = await testedAt({ 'messages/getMessageInfo': body({ message_data: records }) });
    assert.equal(requests.filter(({ path }) => path === 'messages/getMessageInfo').length, 1);
  });
});
