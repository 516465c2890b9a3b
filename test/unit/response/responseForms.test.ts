import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorBody, errorForms, type ErrorForm } from '../../../sandbox/src/errorForms';
import type { SendCleanError } from '../../../shared/errors';
import { simulatedService } from '../../support/transport';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

/** What the service says of each class, and what that means. */
const classes: [name: string, message: string, kind: SendCleanError['kind'], fate: SendCleanError['fate']][] =
  [
    ['ValidationError', 'You must specify subject', 'validation', 'notSent'],
    ['AuthenticationError', 'Owner Id and Token MisMatch', 'authentication', 'notSent'],
    ['Invalid_Key', 'Invalid API key', 'authentication', 'notSent'],
    ['Invalid Request', 'Page Not Found', 'service', 'notSent'],
    ['SendingError', 'Your request is not completed. Please try after sometime.', 'service', 'unknown'],
    ['GeneralError', 'An unexpected error occurred', 'service', 'unknown'],
    ['', 'Page not found', 'service', 'notSent'],
  ];

/** Every combination of the forms; of the two for the class, one at a time. */
const combinations = errorForms
  .reduce<ErrorForm[][]>((all, form) => [...all, ...all.map((forms) => [...forms, form])], [[]])
  .filter((forms) => !(forms.includes('type') && forms.includes('typeObject')));

/** The error that a send ends in, as data. */
async function failureOf(
  body: string,
  status = 200,
): Promise<Pick<SendCleanError, 'kind' | 'fate' | 'message' | 'serviceName' | 'code' | 'status'>> {
  const { client } = simulatedService(() => ({ status, body }), { limits: { attempts: 1 } });
  return await client.sendMail(mail).then(
    () => assert.fail('The email counts as sent'),
    ({ kind, fate, message, serviceName, code, status: told }: SendCleanError) => ({
      kind,
      fate,
      message,
      serviceName,
      code,
      status: told,
    }),
  );
}

describe('an error of the service', () => {
  for (const [name, message, kind, fate] of classes) {
    it(`is read in every form and with every HTTP status: ${name || 'without a class'}`, async () => {
      for (const forms of combinations) {
        for (const status of [200, 400, 401, 404, 500]) {
          const error = await failureOf(JSON.stringify(errorBody({ name, message, forms })), status);
          const { serviceName, code } = error;
          assert.deepEqual(
            { kind: error.kind, fate: error.fate, serviceName, code, status: error.status },
            {
              kind,
              fate,
              serviceName: name || undefined,
              code: forms.includes('textCode') ? '-1' : -1,
              status,
            },
            `${forms.join(', ')} with HTTP ${status}`,
          );
          assert.ok(error.message.includes(message), error.message);
        }
      }
    });
  }

  it('has its status in any case, and its class with blanks, in small letters or with other signs', async () => {
    const said = (fields: object) => failureOf(JSON.stringify({ message: 'No', ...fields }));
    assert.partialDeepStrictEqual(await said({ status: 'ERROR', name: 'validationError' }), {
      kind: 'validation',
      serviceName: 'validationError',
    });
    for (const name of ['Invalid_Request', 'invalid request', 'InvalidRequest', { name: 'Invalid Request' }])
      assert.partialDeepStrictEqual(await said({ status: 'error', name }), {
        kind: 'service',
        fate: 'notSent',
      });
    for (const status of ['errors', 'an error', 'success; error'])
      assert.equal((await said({ status, name: 'ValidationError' })).kind, 'unexpectedResponse');
  });

  it('has the class in its name where it has both', async () => {
    const both = { status: 'error', name: 'ValidationError', type: { name: 'SendingError' }, message: 'No' };
    assert.partialDeepStrictEqual(await failureOf(JSON.stringify(both)), { serviceName: 'ValidationError' });
    for (const name of ['', ' ', null, 7, {}, { name: 7 }])
      assert.partialDeepStrictEqual(await failureOf(JSON.stringify({ ...both, name })), {
        serviceName: 'SendingError',
      });
  });

  it('says all of its messages, whatever they are', async () => {
    const said = async (message: unknown) =>
      (await failureOf(JSON.stringify({ status: 'error', message }))).message;
    const refused = 'SendClean refused the call: ';
    assert.equal(
      await said(['No subject', ' ', null, 'No from\nemail']),
      `${refused}No subject; No from email`,
    );
    assert.equal(await said([{ field: 'to' }, 7]), `${refused}{"field":"to"}; 7`);
    assert.equal(await said({ to: 'missing' }), `${refused}{"to":"missing"}`);
    for (const nothing of [undefined, null, '', []])
      assert.equal(await said(nothing), `${refused}it gave no reason`);
  });

  it('says why a class that was never sent is not what a page that is missing is', async () => {
    const invalid = { status: 'error', name: 'Invalid Request', message: 'No such method' };
    assert.partialDeepStrictEqual(await failureOf(JSON.stringify(invalid)), {
      fate: 'notSent',
      message: 'SendClean refused the call: No such method (Invalid Request)',
    });
    const sending = { status: 'error', name: 'SendingError', message: 'Page not found' };
    assert.equal((await failureOf(JSON.stringify(sending))).fate, 'unknown');
  });

  it('says what the rate limit is, in every form', async () => {
    const limited = await failureOf('[{"status":"Error","message":["Slow","down"]}]', 429);
    assert.equal(limited.message, "SendClean's rate limit is reached: Slow; down");
  });
});

describe('a list', () => {
  it('may hold the one envelope of a success', async () => {
    const { client } = simulatedService(() => ({ body: '[{"status":"queued","message":"ok"}]' }));
    assert.partialDeepStrictEqual(await client.sendMail(mail), { status: 'queued' });
  });

  it('is no answer where it holds none, several, or something else', async () => {
    const envelope = '{"status":"error","name":"ValidationError"}';
    for (const body of ['[]', `[${envelope},${envelope}]`, '[null]', '["error"]', `[[${envelope}]]`])
      assert.partialDeepStrictEqual(await failureOf(body), { kind: 'unexpectedResponse', fate: 'unknown' });
  });
});

describe('stray semicolons', () => {
  it('are left out, and those in texts are kept', async () => {
    const body = '{"status":"error";, "name":"ValidationError";,"message":"a;b \\";\\" \\\\";};';
    const error = await failureOf(body);
    assert.equal(error.message, 'SendClean refused the call: a;b ";" \\ (ValidationError)');
  });
});
