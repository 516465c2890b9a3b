import { count } from './dom.js';
import { explain, waitingFor } from './empty.js';
import { addFilters, fillFilters, filterQuery, setSearch } from './filters.js';
import { focusedId, focusRow, showRows, shownIds } from './list.js';
import { closeMessage, mark, openedId, refreshMessage, showMessage } from './reader.js';
import { change, coalesced, read } from './requests.js';

const part = (id) => document.getElementById(id);
const limit = 50;
/** Which part of the list is shown: the newest, or what is older or newer than a message. */
let place = {};
let page = { messages: [], newer: 0, total: 0, all: 0, unread: 0 };
/** An X-Unique-Id whose message is to be opened once it is there. */
let wanted;

/** What the inbox is shown by. */
export function inboxParts() {
  return [part(page.all ? 'inbox' : 'empty')];
}

/** Whether there is no message at all. */
export function isInboxEmpty() {
  return page.all === 0;
}

/** “3 messages, 1 unread” */
export function inboxStatus() {
  return `${count(page.all, 'message')}${page.unread ? `, ${page.unread.toLocaleString('en')} unread` : ''}`;
}

/** “(1) SendClean sandbox”, with the number of unread messages */
export function inboxTitle() {
  return page.unread ? `(${page.unread}) SendClean sandbox` : 'SendClean sandbox';
}

/** Brings list and message up to date. */
export const refreshInbox = coalesced(async () => {
  await readPage();
  // The page that was shown may have been deleted, or have come to be the newest.
  if (
    place.after !== undefined
      ? page.newer === 0 && page.messages.length < limit
      : !page.messages.length && page.total
  ) {
    place = {};
    await readPage();
  }
  fillFilters(page);
  showRows(page.messages, (id) => void openMessage(id));
  showRange();
  mark();
  if (!page.all) await explain(wanted);
  if (openedId() && !(await refreshMessage())) closeMessage('The message has been deleted.');
  if (wanted !== undefined) await openWanted();
});

async function readPage() {
  page = await read(`inbox?${new URLSearchParams({ ...filterQuery(), ...place, limit })}`);
}

function showRange() {
  const { messages, newer, total } = page;
  const number = (value) => value.toLocaleString('en');
  const last = newer + messages.length;
  part('range').textContent =
    total > messages.length ? `${number(newer + 1)}–${number(last)} of ${number(total)}` : '';
  part('newer').disabled = newer === 0;
  part('older').disabled = last >= total;
  part('pager').hidden = total <= messages.length;
  part('nothing').hidden = total > 0;
  part('read-all').disabled = page.unread === 0;
}

/** Turns the page of the list: back to newer messages, or on to older ones. */
export async function turnPage(step) {
  const ids = shownIds();
  if (step < 0 ? page.newer === 0 : page.newer + ids.length >= page.total) return;
  place = step < 0 ? { after: ids[0] } : { before: ids.at(-1) };
  await refreshInbox();
  part('list').scrollTop = step < 0 ? part('list').scrollHeight : 0;
  focusRow(step < 0 ? shownIds().at(-1) : shownIds()[0]);
}

/** Moves the focus along the list and on to its next page; Enter then opens, as on any button. */
export async function moveInList(step) {
  const ids = shownIds();
  const from = ids.indexOf(focusedId() ?? openedId());
  const next = from === -1 ? 0 : from + step;
  if (next < 0 || next >= ids.length) await turnPage(step);
  else focusRow(ids[next]);
}

/** Opens a message, whether or not the list shows it. */
export async function openMessage(id, hash) {
  wanted = undefined;
  const acts = { back: backToList, remove: () => void removeMessage(), unread: () => void markUnread() };
  await showMessage(id, acts, hash).catch(() => closeMessage(`There is no message ${id}.`));
  // On a phone the message takes the place of the list, and of the row that had the focus.
  if (openedId() === id && !part('messages').checkVisibility()) part('message').focus();
}

/** Opens the newest message with an X-Unique-Id, now or when it comes, and lists all that have it. */
export async function openByUniqueId(xUniqueId) {
  wanted = xUniqueId;
  setSearch(xUniqueId);
  place = {};
  await refreshInbox();
}

async function openWanted() {
  const query = new URLSearchParams({ xUniqueId: wanted, limit: '1' });
  const [message] = (await read(`inbox?${query}`)).messages;
  if (message) await openMessage(message.id, `#id=${encodeURIComponent(wanted)}`);
  else closeMessage(waitingFor(wanted));
}

/** Closes the message, and goes on where it stands in the list. */
export function backToList() {
  const id = openedId();
  closeMessage();
  focusRow(id);
}

/** Deletes the message that is open, or the one whose row has the focus, and goes on to the next. */
export async function removeMessage() {
  const id = focusedId() ?? openedId();
  if (!id) return;
  const ids = shownIds();
  const next = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1];
  const isOpen = id === openedId();
  // The next key is for the next row, even if it comes before the list has changed.
  focusRow(next);
  await change('DELETE', `messages/${id}`);
  if (isOpen) closeMessage();
  await refreshInbox();
  if (next === undefined) return;
  if (focusedId() === undefined) focusRow(next);
  if (isOpen && part('message').checkVisibility()) await openMessage(next);
}

/** Has the message that is open, or whose row has the focus, count as unread. */
export async function markUnread() {
  const id = focusedId() ?? openedId();
  if (!id) return;
  if (id === openedId()) backToList();
  await change('PUT', `inbox/${id}`, { isRead: false });
}

function showFromStart() {
  place = {};
  if (wanted !== undefined) closeMessage();
  wanted = undefined;
  void refreshInbox();
}

/** Has the controls of the list do what they say. */
export function addInboxControls() {
  addFilters(showFromStart);
  closeMessage();
  const showAll = () => {
    setSearch('');
    showFromStart();
  };
  const dialog = part('confirm');
  for (const [id, act] of Object.entries({
    newer: () => void turnPage(-1),
    older: () => void turnPage(1),
    'show-all': showAll,
    'read-all': () => void change('POST', 'inbox/read'),
    clear: () => dialog.showModal(),
    cancel: () => dialog.close(),
    confirmed: () => void change('DELETE', 'messages').then(() => dialog.close()),
  })) {
    part(id).addEventListener('click', act);
  }
}
