import { button, element } from './dom.js';
import { showEvents } from './events.js';
import { markRow } from './list.js';
import { messageView } from './message.js';
import { change, read } from './requests.js';

const pane = document.getElementById('message');
const inbox = document.getElementById('inbox');
/** Which message is open, 0 for none, and what of it may change. */
let opened = 0;
let shownEvents = '';

/** The ID of the message that is open; 0 if none is. */
export function openedId() {
  return opened;
}

/**
 * Opens a message.
 * @param {number} id
 * @param {{ back: () => void, remove: () => void, unread: () => void }} acts what its buttons do
 * @param {string} hash by which the address names it
 */
export async function showMessage(id, acts, hash = `#${id}`) {
  opened = id;
  mark();
  history.replaceState(null, '', hash);
  const message = await read(`inbox/${id}`);
  if (opened !== id) return;
  shownEvents = JSON.stringify(message.events);
  pane.replaceChildren(actions(acts), messageView(message));
  pane.scrollTop = 0;
  await change('PUT', `inbox/${id}`, { isRead: true });
}

/** Closes the message that is open, and says what the place is for. */
export function closeMessage(text = 'Choose a message to read it.') {
  if (opened) history.replaceState(null, '', location.pathname);
  opened = 0;
  mark();
  pane.replaceChildren(element('p', { class: 'invitation' }, text));
}

/** Marks the message that is open in the list, whose rows may have changed. */
export function mark() {
  inbox.classList.toggle('reading', opened !== 0);
  markRow(opened);
}

/**
 * Brings the events of the message that is open up to date.
 * @returns {Promise<boolean>} whether the message is still there
 */
export async function refreshMessage() {
  const id = opened;
  const events = await read(`inbox/${id}/events`).catch(() => undefined);
  if (!events || id !== opened) return Boolean(events);
  const text = JSON.stringify(events);
  if (text === shownEvents) return true;
  shownEvents = text;
  const list = document.getElementById('events');
  if (list) showEvents(list, events);
  const number = document.querySelector('[data-of="Events"]');
  if (number) number.textContent = events.length ? String(events.length) : '';
  return true;
}

function actions({ back, remove, unread }) {
  return element(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'Message actions' },
    button('Back', back, { class: 'back' }),
    button('Mark as unread', unread),
    button('Delete', remove, { class: 'danger' }),
  );
}
