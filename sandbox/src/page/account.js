import { count, element, terms } from './dom.js';
import { moment } from './moments.js';
import { newWebhook } from './newWebhook.js';
import { change, read } from './requests.js';
import { readShownSecrets, secret } from './secrets.js';
import { webhook } from './webhooks.js';

/** The parts of an account, each with the records that it lists and how one of them looks. */
const sections = [
  ['smtpUsers', 'SMTP users', smtpUser],
  ['sendingDomains', 'Sending domains', sendingDomain],
  ['trackingDomains', 'Tracking domains', trackingDomain],
  ['webhooks', 'Webhooks', (one) => card(one.url, ...webhook(one, refreshAccount))],
];

/** Brings the view of the account up to date; what a person works with keeps the focus. */
export async function refreshAccount() {
  const [settings] = await Promise.all([read('settings'), readShownSecrets()]);
  const focused = document.activeElement?.id;
  document
    .getElementById('account')
    .replaceChildren(
      element('h2', { id: 'account-title' }, 'Account'),
      facts(settings.account),
      ...sections.map(([name, title, row]) => section(name, title, settings[name].map(row))),
      newWebhook(),
    );
  if (focused) document.getElementById(focused)?.focus();
}

function facts({ name, email, reputation }) {
  const rows = [
    ['Name', name],
    ['Email', element('span', { class: 'address' }, email)],
    ['Reputation', reputation],
  ];
  return element('dl', {}, ...terms(rows));
}

function section(name, title, rows) {
  const none = element('p', { class: 'quiet' }, 'None');
  const list = element('ul', { class: 'cards' }, ...rows);
  const heading = element('h3', { id: `${name}-title` }, title);
  return element('section', { 'aria-labelledby': heading.id }, heading, rows.length ? list : none);
}

function card(title, ...content) {
  const heading = element('h4', { class: 'address' }, title);
  return element('li', {}, heading, ...content);
}

function line(...content) {
  return element('div', { class: 'actions' }, ...content);
}

function smtpUser({ name, isEnabled, totalLimit, hourlyLimit, sent }) {
  const state = element(
    'span',
    { class: isEnabled ? 'badge delivered' : 'badge' },
    isEnabled ? 'Enabled' : 'Disabled',
  );
  const used = [
    `${count(sent.inAll, 'message')} of ${totalLimit.toLocaleString('en')}`,
    `${sent.inHour.toLocaleString('en')} of ${hourlyLimit.toLocaleString('en')} in the last hour`,
  ];
  const path = `smtp-users/${encodeURIComponent(name)}/password`;
  return card(
    name,
    line(state, element('span', { class: 'quiet' }, used.join(', '))),
    secret(`password of ${name}`, path, refreshAccount),
  );
}

function sendingDomain({ domain, createdAt, dkim, spf, verified }) {
  const path = `sending-domains/${encodeURIComponent(domain)}`;
  return card(
    domain,
    line(
      state(path, domain, 'DKIM', 'dkim', dkim),
      state(path, domain, 'SPF', 'spf', spf),
      state(path, domain, 'Verified', 'verified', verified),
      element('span', { class: 'quiet' }, 'added ', moment(createdAt)),
    ),
  );
}

function trackingDomain({ domain, createdAt, cname }) {
  const path = `tracking-domains/${encodeURIComponent(domain)}`;
  return card(
    domain,
    line(
      state(path, domain, 'CNAME', 'cname', cname),
      element('span', { class: 'quiet' }, 'added ', moment(createdAt)),
    ),
  );
}

/** A switch of what DNS says of a domain. */
function state(path, domain, title, property, isOn) {
  const box = element('input', {
    type: 'checkbox',
    role: 'switch',
    id: `${path}/${property}`,
    'aria-label': `${title} of ${domain}`,
    checked: isOn,
  });
  box.addEventListener('change', () => {
    change('PUT', path, { [property]: box.checked }).catch(() => (box.checked = isOn));
  });
  return element('label', { class: 'check' }, box, title);
}
