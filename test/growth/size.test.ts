/** What is far larger than any email: it is read, or refused in a sentence, and does not end in an error of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError } from '../../shared/errors';
import { operations } from '../../shared/generated/operations';
import { hasTag } from '../../shared/form/htmlText';
import { toRecipients } from '../../shared/form/recipients';
import { createRedact } from '../../shared/response/redact';
import { buildRequest } from '../../shared/form/buildRequest';
import { queued, simulatedService } from '../support/transport';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };
const form = { fromEmail: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text: 'Hello' };
const inAccount = { smtpUser: 'smtp1' };

async function send(body: string): Promise<object> {
  return await simulatedService(() => ({ body }), { limits: { attempts: 1 } }).client.sendMail(mail);
}

describe('a response', () => {
  it('leaves the fate of an email unknown when it is too odd to be read at all', async () => {
    await assert.rejects(send(`{"status":"success","message":"${'\\n'.repeat(10_000_000)};`), {
      kind: 'unexpectedResponse',
      fate: 'unknown',
    });
  });

  for (const piece of ['"', '\\"', '\\', ';', '"\\"'])
    it(`is searched for semicolons in one pass: ${JSON.stringify(piece)}`, async () => {
      await assert.rejects(send(`{${piece.repeat(300_000)}`), { kind: 'unexpectedResponse' });
    });

  for (const piece of ['\\', '%', '%25', '&', '&amp;', '\\"%&', '\\\\"%25&amp;', '%5c', '\\u005c'])
    it(`has a token redacted after ${JSON.stringify(piece)}, of which it is full`, () => {
      const token = `\\"%&${'\\%&'.repeat(20)}`;
      const redacted = createRedact({ token }).result(`${piece.repeat(20_000)}${token}`);
      assert.ok(redacted.endsWith('***'));
    });
});

describe('HTML', () => {
  it('is told from a million beginnings of tags', () => assert.equal(hasTag('<a'.repeat(1_000_000)), false));

  it('is searched for images, however odd it is', () => {
    const images = [{ type: 'image/png', name: 'logo', content: '' }];
    const { client } = simulatedService(() => queued);
    const prepare = (html: string) =>
      client.prepare('sendMail', { ...mail, message: { ...mail.message, html, images } });
    const signs = ['<!--', '<a', '<a b', '"', '&', '&amp', '<style>', '</style', '<!', '<!--[if', '-->', ' '];
    for (const sign of [...signs, 'url(', 'url( ', "'", '\\', '/*', ',', 'cid:', '=']) {
      const many = sign.repeat(100_000 / sign.length);
      for (const html of [many, `<img srcset="${many}`, `<p style="${many}">`, `<style>cid: ${many}`])
        assert.throws(() => prepare(html), /is not used/);
    }
  });
});

describe('recipients', () => {
  it('may be two hundred thousand in a form', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `jane${index}@example.com`).join();
    const values = { templateId: 'a', to: many, cc: many };
    const request = buildRequest(operations.sendTemplate, values, inAccount);
    assert.equal((request as { message: { to: unknown[] } }).message.to.length, 200_000);
  });

  it('may be nested a hundred thousand deep', () => {
    let nested: unknown = 'jane@example.com';
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    for (const value of [nested, `${'['.repeat(100_000)}"jane@example.com"${']'.repeat(100_000)}`])
      assert.deepEqual(toRecipients(value, 'to'), [{ email: 'jane@example.com', type: 'to' }]);
  });

  for (const sign of ['"', '\\"', '"\\"', '<', '(', '@', '\n ', ', ', '"@', 'ä', 'a@b.co '])
    it(`may be a megabyte of ${JSON.stringify(sign)}`, () => {
      const text = sign.repeat(1_000_000 / sign.length);
      for (const value of [text, { email: `a@${text}` }]) assert.ok(Array.isArray(toRecipients(value, 'to')));
    });
});

describe('a form', () => {
  it('may have an attachment of 24 MB', () => {
    const content = Buffer.alloc(24 * 1024 * 1024, 1).toString('base64');
    const attachments = [{ type: 'application/pdf', name: 'a.pdf', content }];
    const request = buildRequest(operations.sendMail, { ...form, attachments }, inAccount);
    assert.ok(simulatedService(() => queued).client.prepare('sendMail', request));
  });

  for (const sign of ['<', '>', '<>', '<a', ' ', 'a@b '])
    it(`may have References that are a megabyte of ${JSON.stringify(sign)}`, () => {
      try {
        buildRequest(
          operations.sendMail,
          { ...form, references: sign.repeat(1_000_000 / sign.length) },
          inAccount,
        );
      } catch (error) {
        assert.ok(error instanceof SendCleanError);
      }
    });
});
