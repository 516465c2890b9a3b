import { latestFailure } from './calls.js';
import { copyable, copyButton, element, terms } from './dom.js';
import { read } from './requests.js';

/**
 * Fills the page that shows while there is no email: where to enter what, and why none may have come.
 * @param {string | undefined} wanted X-Unique-Id of an email that is to be opened when it comes
 */
export async function explain(wanted) {
  const [account, failure] = await Promise.all([read('account'), latestFailure()]);
  const text = command(account);
  document
    .getElementById('empty')
    .replaceChildren(
      element('h2', { id: 'empty-title' }, 'No email yet'),
      wanted === undefined ? '' : element('p', {}, waitingFor(wanted)),
      failure ? failureNotice(failure) : '',
      element(
        'p',
        {},
        'Emails that are sent to this sandbox appear here at once and go nowhere else. In n8n, create a credential ' +
          '“SendClean API”; in Node-RED, an account. Enter:',
      ),
      element('dl', { class: 'account' }, ...terms(accountRows(account))),
      element('p', {}, 'Or send one from a terminal:'),
      element(
        'div',
        { class: 'command' },
        element('pre', { tabindex: '0' }, text),
        copyButton(text, 'command'),
      ),
    );
}

/** What shows in place of an email that has not come yet. */
export function waitingFor(xUniqueId) {
  return `No email with the X-Unique-Id ${xUniqueId} has arrived yet. It opens here when it does.`;
}

function failureNotice(failure) {
  const link = element('a', { href: '#calls' }, 'All calls');
  return element('p', { class: 'notice failure' }, `The latest call ${failure}. `, link);
}

/** The values under the names of the forms. */
function accountRows({ owner, token, smtpUsers, templates }) {
  return [
    ['Owner ID', copyable(owner, 'Owner ID')],
    ['Token', token ? copyable(token, 'Token') : 'the one that the sandbox was started with'],
    ['SMTP User', ...smtpUsers.map((name) => copyable(name, `SMTP User ${name}`))],
    ['Custom Endpoint', copyable(location.origin, 'Custom Endpoint')],
    ['Template ID', ...templates.map((id) => copyable(id, `Template ID ${id}`))],
  ];
}

function command({ owner, token, smtpUsers: [smtpUser] }) {
  const message = { to: [{ email: 'jane@example.com' }], subject: 'Hello', text: 'It works.' };
  const body = JSON.stringify({
    owner_id: owner,
    token: token ?? '$TOKEN',
    smtp_user_name: smtpUser,
    message,
  });
  return `curl ${location.origin}/v1.0/messages/sendMail \\\n  -d "${body.replaceAll('"', '\\"')}"`;
}
