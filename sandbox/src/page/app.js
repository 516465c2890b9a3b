import { address, element, moment, read, terms } from './dom.js';
import { showEvents } from './events.js';
import { messageView } from './message.js';

const parts = Object.fromEntries(
  [
    'status',
    'clear',
    'inbox',
    'list',
    'message',
    'empty',
    'account',
    'example',
    'confirm',
    'cancel',
    'confirmed',
  ].map((id) => [id, document.getElementById(id)]),
);
/** The messages' rows by ID, and which of the messages is open. */
const rows = new Map();
let opened = 0;
let shownEvents = 0;
let connected = true;

/** Brings the list up to date: new rows on top, rows of deleted messages gone. */
async function refresh() {
  const messages = await read('messages');
  const ids = new Set(messages.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (ids.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  for (const message of messages) {
    if (rows.has(message.id)) continue;
    const row = makeRow(message);
    rows.set(message.id, row);
    parts.list.prepend(row);
  }
  if (opened && !ids.has(opened)) close();
  parts.inbox.hidden = parts.message.hidden = messages.length === 0;
  parts.empty.hidden = messages.length > 0;
  parts.clear.disabled = messages.length === 0;
  if (!opened && messages.length) parts.message.replaceChildren(invitation());
  tellStatus();
  const open = messages.find(({ id }) => id === opened);
  if (open && open.eventCount !== shownEvents) await refreshEvents();
}

function tellStatus() {
  const count = rows.size === 1 ? '1 message' : `${rows.size} messages`;
  parts.status.textContent = connected ? count : 'The sandbox does not answer; trying again…';
  parts.status.classList.toggle('failure', !connected);
  document.title = rows.size ? `(${rows.size}) SendClean sandbox` : 'SendClean sandbox';
}

function invitation() {
  return element('p', { class: 'invitation' }, 'Choose a message to read it.');
}

function makeRow({ id, subject, from, recipients, receivedAt, attachments }) {
  const [first, ...others] = recipients;
  const to = `To ${first ? address(first) : 'nobody'}${others.length ? ` and ${others.length} more` : ''}`;
  const files = attachments.length === 1 ? '1 file' : `${attachments.length} files`;
  const button = element(
    'button',
    { type: 'button', 'data-id': String(id) },
    element('span', { class: 'subject' }, subject || '(no subject)'),
    moment(receivedAt, { timeStyle: 'short' }),
    element('span', { class: 'address' }, to, from.email ? ` from ${from.email}` : ''),
    ...(attachments.length ? [element('span', { class: 'badge' }, files)] : []),
  );
  button.addEventListener('click', () => open(id));
  return element('li', {}, button);
}

async function open(id) {
  opened = id;
  mark();
  history.replaceState(null, '', `#${id}`);
  const message = await read(`inbox/${id}`);
  if (opened !== id) return;
  shownEvents = message.eventCount;
  parts.message.replaceChildren(...messageView(message));
  parts.message.scrollTop = 0;
}

function close() {
  opened = 0;
  history.replaceState(null, '', location.pathname);
  parts.message.replaceChildren();
}

function mark() {
  for (const [id, row] of rows) {
    if (id === opened) row.firstChild.setAttribute('aria-current', 'true');
    else row.firstChild.removeAttribute('aria-current');
  }
}

async function refreshEvents() {
  const list = document.getElementById('events');
  const { id, events } = await read(`inbox/${opened}`);
  if (!list || id !== opened) return;
  shownEvents = events.length;
  showEvents(list, events);
}

/** Moves the focus along the list; Enter then opens, as on any button. */
function move(step) {
  const buttons = [...parts.list.querySelectorAll('button')];
  const focused = buttons.indexOf(document.activeElement);
  const from = focused === -1 ? buttons.findIndex((one) => one.hasAttribute('aria-current')) : focused;
  const next = from === -1 ? 0 : Math.min(Math.max(from + step, 0), buttons.length - 1);
  buttons[next]?.focus();
}

document.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  // Within the message the arrows scroll, and controls have keys of their own.
  const isArrow = event.key.startsWith('Arrow');
  if (event.target.closest(isArrow ? 'select, dialog, main' : 'select, dialog')) return;
  event.preventDefault();
  move(step);
});

parts.clear.addEventListener('click', () => parts.confirm.showModal());
parts.cancel.addEventListener('click', () => parts.confirm.close());
parts.confirmed.addEventListener('click', async () => {
  await fetch('/_sandbox/messages', { method: 'DELETE' });
  parts.confirm.close();
});

/** Fills the text that shows while there is no mail. */
async function explain() {
  const { owner, smtpUsers, templates } = await read('account');
  const rows = [
    ['Endpoint', location.origin],
    ['Owner ID', owner],
    ['SMTP user', smtpUsers.join(', ')],
    ['Template ID', templates.join(', ')],
  ];
  parts.account.replaceChildren(...terms(rows.map(([name, value]) => [name, element('code', {}, value)])));
  const message = { to: [{ email: 'jane@example.com' }], subject: 'Hello', text: 'It works.' };
  const [smtpUser] = smtpUsers;
  const body = JSON.stringify({ owner_id: owner, token: '$TOKEN', smtp_user_name: smtpUser, message });
  const quoted = body.replaceAll('"', '\\"');
  parts.example.textContent = `curl ${location.origin}/v1.0/messages/sendMail \\\n  -d "${quoted}"`;
}

let running = false;
let again = false;

/** Refreshes once for any number of changes that come meanwhile. */
async function changed() {
  again = true;
  if (running) return;
  running = true;
  try {
    while (again) {
      again = false;
      await refresh();
    }
  } catch {
    connected = false;
    tellStatus();
  } finally {
    running = false;
  }
}

function listen() {
  const stream = new EventSource('/_sandbox/stream');
  stream.onmessage = () => {
    connected = true;
    void changed();
  };
  stream.onerror = () => {
    connected = false;
    tellStatus();
    // A stream that was refused does not try again; any other route says why.
    if (stream.readyState === EventSource.CLOSED) read('account').catch(tellFailure);
  };
}

function tellFailure({ message }) {
  parts.status.textContent = message;
  parts.status.classList.add('failure');
}

try {
  await explain();
  await refresh();
  const wanted = Number(location.hash.slice(1));
  if (rows.has(wanted)) await open(wanted);
  listen();
} catch (error) {
  tellFailure(error);
}
