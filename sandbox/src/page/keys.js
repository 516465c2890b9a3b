import { focusSearch } from './filters.js';
import { backToList, markUnread, moveInList, removeMessage, turnPage } from './inbox.js';

const keys = document.getElementById('keys');
const inbox = document.getElementById('inbox');

const acts = {
  j: () => moveInList(1),
  k: () => moveInList(-1),
  ArrowDown: () => moveInList(1),
  ArrowUp: () => moveInList(-1),
  '[': () => turnPage(-1),
  ']': () => turnPage(1),
  '/': focusSearch,
  u: markUnread,
  Delete: removeMessage,
  Escape: backToList,
  '?': () => keys.showModal(),
};

/** Has the page be worked without a mouse. */
export function addKeys() {
  document.getElementById('show-keys').addEventListener('click', () => keys.showModal());
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || inbox.hidden) return;
    const act =
      target.id === 'search'
        ? actOfSearch(key, target)
        : target.closest(ownKeys(key))
          ? undefined
          : actOf(key);
    if (!act) return;
    event.preventDefault();
    void act();
  });
}

/** Where a key means something else: within the message arrows scroll, and controls have keys of their own. */
function ownKeys(key) {
  return key.startsWith('Arrow') ? 'select, input, dialog, #message' : 'select, input, dialog';
}

function actOf(key) {
  if (!/^[1-6]$/.test(key)) return acts[key];
  const tab = document.querySelectorAll('[role=tab]')[Number(key) - 1];
  return tab && (() => tab.click());
}

/** From the search, the list is one key away. */
function actOfSearch(key, search) {
  if (key === 'ArrowDown' || key === 'Enter') return () => moveInList(1);
  if (key !== 'Escape' || !search.value) return undefined;
  return () => {
    search.value = '';
    search.dispatchEvent(new Event('input'));
  };
}
