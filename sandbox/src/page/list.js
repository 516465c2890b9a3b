import { address, count, element } from './dom.js';
import { eventBadge } from './events.js';
import { briefMoment } from './moments.js';

const list = document.getElementById('list');
/** The rows that are shown, by the ID of their message, each with what it was made of. */
const rows = new Map();

/**
 * Brings the list up to date. Rows that stay are not touched, so that focus and clicks are not lost.
 * @param {object[]} messages newest first
 * @param {(id: number) => void} choose called when a person opens one
 */
export function showRows(messages, choose) {
  const ids = new Set(messages.map(({ id }) => id));
  for (const [id, { row }] of rows) {
    if (ids.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  messages.forEach((message, index) => {
    const row = rowOf(message, choose);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
}

function rowOf(message, choose) {
  const key = JSON.stringify([message, new Date().toDateString()]);
  const known = rows.get(message.id);
  if (known?.key === key) return known.row;
  const row = known?.row ?? makeRow(message.id, choose);
  fillRow(row.firstChild, message);
  rows.set(message.id, { row, key });
  return row;
}

function makeRow(id, choose) {
  const button = element('button', { type: 'button', 'data-id': String(id) });
  button.addEventListener('click', () => choose(id));
  return element('li', {}, button);
}

function fillRow(button, { subject, from, to, recipientCount, receivedAt, fileCount, isRead, events }) {
  const others = recipientCount > 1 ? ` and ${recipientCount - 1} more` : '';
  const badges = [
    ...events.map(eventBadge),
    ...(fileCount ? [element('span', { class: 'badge' }, count(fileCount, 'file'))] : []),
  ];
  button.classList.toggle('unread', !isRead);
  button.replaceChildren(
    element(
      'span',
      { class: 'subject' },
      ...(isRead ? [] : [element('span', { class: 'offscreen' }, 'Unread: ')]),
      subject || '(no subject)',
    ),
    briefMoment(receivedAt),
    element(
      'span',
      { class: 'address' },
      `To ${to ? address(to) : 'nobody'}${others}`,
      from.email ? ` from ${from.email}` : '',
    ),
    ...(badges.length ? [element('span', { class: 'badges' }, ...badges)] : []),
  );
}

/** Marks the row of the message that is open. */
export function markRow(opened) {
  for (const [id, { row }] of rows) {
    if (id === opened) row.firstChild.setAttribute('aria-current', 'true');
    else row.firstChild.removeAttribute('aria-current');
  }
}

/** IDs of the messages that are shown, newest first. */
export function shownIds() {
  return [...list.querySelectorAll('button')].map(({ dataset }) => Number(dataset.id));
}

/** The message whose row has the focus. */
export function focusedId() {
  return list.contains(document.activeElement) ? Number(document.activeElement.dataset.id) : undefined;
}

/** Moves the focus to the row of a message, if it is shown. */
export function focusRow(id) {
  rows.get(id)?.row.firstChild.focus();
}
