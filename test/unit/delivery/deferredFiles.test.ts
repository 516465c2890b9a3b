import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunOptions, DeferredFiles } from '../../../shared/delivery/options';
import { operations } from '../../../shared/generated/operations';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { buildRequest } from '../../../shared/form/buildRequest';
import { eventClock } from '../../support/clock';
import { queued, simulatedService, type Answer } from '../../support/transport';

const form = { fromEmail: 'shop@example.com', to: 'jane@example.com', text: 'Hi', xUniqueId: 'order-1042' };

/** Emails with a file that is loaded for each request, to a service that answers as told. */
function mailer(answer: (index: number) => Answer, load = async () => {}) {
  const clock = eventClock();
  const log: string[] = [];
  const rateLimiter = createRateLimiter(clock, { atOnce: 1 });
  const { client, requests } = simulatedService((_request, index) => answer(index), {
    clock,
    rateLimiter,
    latency: 50,
  });
  const send = (name: string, options: RunOptions = {}) => {
    const file = { type: 'text/plain', name, content: '' };
    const deferredFiles: DeferredFiles = {
      bytes: 4,
      async load() {
        log.push(`load ${name}`);
        await load();
        file.content = 'QUJD';
      },
      release() {
        log.push(`release ${name}`);
        file.content = '';
      },
    };
    const request = buildRequest(
      operations.sendMail,
      { ...form, attachments: [file] },
      { smtpUser: 'smtp1' },
    );
    return client.run(client.prepare('sendMail', request), { ...options, deferredFiles });
  };
  return { clock, log, requests, send };
}

describe('the files of an email', () => {
  it('are in memory only while its request is made, however many emails wait', async () => {
    const { clock, log, send } = mailer(() => queued);
    await clock.run(Promise.all([send('a'), send('b'), send('c')]));
    assert.deepEqual(
      log,
      ['a', 'b', 'c'].flatMap((name) => [`load ${name}`, `release ${name}`]),
    );
  });

  it('are loaded again for each attempt, and for no look-up', async () => {
    const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const nothing = { body: '{"status":"success","message_data":[]}' };
    const { clock, log, send } = mailer((index) => [lost, nothing, nothing, nothing][index] ?? queued);
    await clock.run(send('a', { whenUnsure: 'lookUp' }));
    assert.deepEqual(log, ['load a', 'release a', 'load a', 'release a']);
  });

  it('that cannot be loaded are told, and nothing is sent', async () => {
    const { clock, log, requests, send } = mailer(
      () => queued,
      async () => {
        throw new Error('ENOENT');
      },
    );
    await assert.rejects(clock.run(send('a')), {
      kind: 'validation',
      fate: 'notSent',
      message: 'The files cannot be loaded (ENOENT)',
    });
    assert.deepEqual([log, requests.length], [['load a', 'release a'], 0]);
  });

  it('go out with the request', async () => {
    let sent = '';
    const clock = eventClock();
    const { client } = simulatedService(
      ({ body }) => {
        sent = JSON.stringify(body);
        return queued;
      },
      { clock },
    );
    const file = { type: 'text/plain', name: 'a', content: '' };
    const request = buildRequest(
      operations.sendMail,
      { ...form, attachments: [file] },
      { smtpUser: 'smtp1' },
    );
    const deferredFiles = {
      bytes: 4,
      load: async () => void (file.content = 'QUJD'),
      release: () => void (file.content = ''),
    };
    await clock.run(client.run(client.prepare('sendMail', request), { deferredFiles }));
    assert.match(sent, /"content":"QUJD"/);
  });
});
