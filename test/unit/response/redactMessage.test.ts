import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRedact } from '../../../shared/response/redact';
import { simulatedService } from '../../support/transport';

const html = '<p>Dear "Jane", your password is open-sesame-4711</p><img src="cid:logo">';
const file = 'Salary of Jané: 4711, of John: 4712';
const content = Buffer.from(file).toString('base64');
const image = Buffer.from('<svg>Jane Roe</svg>').toString('base64');

const mail = {
  smtp_user_name: 'smtp1',
  message: {
    to: [{ email: 'jane@example.com' }],
    html,
    text: 'Good morning',
    headers: { 'X-Unique-Id': 'order-1042-of-Jane' },
    attachments: [{ type: 'text/plain', name: 'salaries.txt', content }],
    images: [{ type: 'image/svg+xml', name: 'logo', content: image }],
  },
};

/** A service that says this of every call, at most once. */
function serviceSaying(said: string, envelope: object = { status: 'error', name: 'GeneralError' }) {
  const body = JSON.stringify({ ...envelope, message: said });
  return simulatedService(() => ({ body }), { redact: createRedact({ ownerId: 'shop42' }) });
}

/** What is told of an email when the service refuses it with these words. */
async function told(said: string): Promise<string> {
  const outcome = serviceSaying(said).client.sendMail(mail);
  return await outcome.then(
    () => assert.fail('the mail was sent'),
    (error: Error) => error.message,
  );
}

const refused = (said: string) => `SendClean refused the call: ${said} (GeneralError)`;

describe('what an email says, when the service repeats it', () => {
  const repeated: [title: string, said: string, left: string][] = [
    ['a body', `“${html}” is not allowed`, '“***” is not allowed'],
    ['a body twice', `${html} and ${html}`, '*** and ***'],
    ['the beginning of a body', `Bad HTML: ${html.slice(0, 30)}…`, 'Bad HTML: ***…'],
    ['a text of twelve letters', 'Text “Good morning” is not allowed', 'Text “***” is not allowed'],
    ['an image in base64', `Virus in ${image}`, 'Virus in ***'],
    ['an image as it is', 'Virus in <svg>Jane Roe</svg>.', 'Virus in ***.'],
    ['a body that goes on otherwise', `“${html.slice(0, 30)}!”`, '“***!”'],
    ['a file in base64', `Virus in ${content}`, 'Virus in ***'],
    ['a file as it is', `Virus in ${file}!`, 'Virus in ***!'],
    ['the beginning of a file', `Virus in ${file.slice(0, 26)}`, 'Virus in ***'],
  ];
  for (const [title, said, left] of repeated) {
    it(`is taken out of the error, ${title}`, async () => {
      assert.equal(await told(said), refused(left));
    });
  }

  it('stays where it is too short to be known again, and so does what is no content', async () => {
    const said = 'jane@example.com is blocked, salaries.txt too, order-1042-of-Jane was sent';
    assert.equal(await told(said), refused(said));
    const { client } = serviceSaying('Good day, Jane!');
    const short = { ...mail, message: { to: mail.message.to, text: 'Good day, J' } };
    await assert.rejects(client.sendMail(short), { message: refused('Good day, Jane!') });
  });

  it('is taken out before the sentence is cut', async () => {
    const said = `${'No! '.repeat(70)}${html}`;
    assert.equal(await told(said), refused(`${'No! '.repeat(70)}***`));
  });

  it('is taken out where dynamic values are what an email says', async () => {
    const { client } = serviceSaying('Bad value https://example.com/reset/4711 (LINK)');
    const { to } = mail.message;
    const message = { to, template_id: 'welcome', dynamic_value: { LINK: 'https://example.com/reset/4711' } };
    await assert.rejects(client.sendTemplate({ smtp_user_name: 'smtp1', message }), {
      message: refused('Bad value *** (LINK)'),
    });
  });

  it('is taken out of the result, as the owner ID is', async () => {
    const { client } = serviceSaying(`shop42 sends ${html}`, { status: 'success' });
    assert.equal((await client.sendMail(mail)).message, '*** sends ***');
  });

  it('leaves the records of a read alone', async () => {
    const record = { subject: 'shop42 sends orders', sender: 'order-1042-is-on-its-way' };
    const envelope = { status: 'success', message_data: [record] };
    const records = await serviceSaying('', envelope).client.getMessageInfo({ x_unique_id: record.sender });
    assert.deepEqual(records, [record]);
  });
});
