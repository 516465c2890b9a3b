import { address, count, element } from './dom.js';
import { explain } from './empty.js';
import { showEvents } from './events.js';
import { messageView } from './message.js';
import { briefMoment } from './moments.js';
import { change, read } from './requests.js';

const part = (id) => document.getElementById(id);
/** The messages' rows by ID, and which of the messages is open. */
const rows = new Map();
let opened = 0;
let shownEvents = 0;

/** What the inbox is shown by. */
export function inboxParts() {
  return [part(rows.size ? 'inbox' : 'empty')];
}

/** Whether a message is in the list. */
export function hasMessage(id) {
  return rows.has(id);
}

/** Brings the list up to date: new rows on top, rows of deleted messages gone. */
export async function refreshInbox() {
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
    part('list').prepend(row);
  }
  if (opened && !ids.has(opened)) closeMessage();
  if (!messages.length) await explain();
  if (!opened && messages.length) part('message').replaceChildren(invitation());
  const open = messages.find(({ id }) => id === opened);
  if (open && open.eventCount !== shownEvents) await refreshEvents();
}

/** “1 message” */
export function inboxStatus() {
  return count(rows.size, 'message');
}

/** “(1) SendClean sandbox” */
export function inboxTitle() {
  return rows.size ? `(${rows.size}) SendClean sandbox` : 'SendClean sandbox';
}

function invitation() {
  return element('p', { class: 'invitation' }, 'Choose a message to read it.');
}

function makeRow({ id, subject, from, recipients, receivedAt, attachments }) {
  const [first, ...others] = recipients;
  const to = `To ${first ? address(first) : 'nobody'}${others.length ? ` and ${others.length} more` : ''}`;
  const button = element(
    'button',
    { type: 'button', 'data-id': String(id) },
    element('span', { class: 'subject' }, subject || '(no subject)'),
    briefMoment(receivedAt),
    element('span', { class: 'address' }, to, from.email ? ` from ${from.email}` : ''),
    ...(attachments.length ? [element('span', { class: 'badge' }, count(attachments.length, 'file'))] : []),
  );
  button.addEventListener('click', () => void openMessage(id));
  return element('li', {}, button);
}

/** Opens a message of the list. */
export async function openMessage(id) {
  opened = id;
  mark();
  history.replaceState(null, '', `#${id}`);
  const message = await read(`inbox/${id}`);
  if (opened !== id) return;
  shownEvents = message.eventCount;
  const back = element('button', { type: 'button', class: 'back' }, 'Back to the list');
  back.addEventListener('click', closeMessage);
  part('message').replaceChildren(back, messageView(message));
  part('message').scrollTop = 0;
}

function closeMessage() {
  const row = rows.get(opened);
  opened = 0;
  mark();
  history.replaceState(null, '', location.pathname);
  part('message').replaceChildren(invitation());
  row?.firstChild.focus();
}

function mark() {
  part('inbox').classList.toggle('reading', opened !== 0);
  for (const [id, row] of rows) {
    if (id === opened) row.firstChild.setAttribute('aria-current', 'true');
    else row.firstChild.removeAttribute('aria-current');
  }
}

async function refreshEvents() {
  const { id, events } = await read(`inbox/${opened}`);
  if (id !== opened) return;
  shownEvents = events.length;
  const list = part('events');
  if (list) showEvents(list, events);
  const number = document.querySelector('[data-of="Events"]');
  if (number) number.textContent = events.length ? String(events.length) : '';
}

/** Moves the focus along the list; Enter then opens, as on any button. */
export function moveInList(step) {
  const buttons = [...part('list').querySelectorAll('button')];
  const focused = buttons.indexOf(document.activeElement);
  const from = focused === -1 ? buttons.findIndex((one) => one.hasAttribute('aria-current')) : focused;
  const next = from === -1 ? 0 : Math.min(Math.max(from + step, 0), buttons.length - 1);
  buttons[next]?.focus();
}

/** Has the inbox be cleared, once a person has confirmed it. */
export function addClearing() {
  const dialog = part('confirm');
  part('clear').addEventListener('click', () => dialog.showModal());
  part('cancel').addEventListener('click', () => dialog.close());
  part('confirmed').addEventListener('click', async () => {
    await change('DELETE', 'messages');
    dialog.close();
  });
}
