import { moveInList } from './inbox.js';

/** Has the page be worked without a mouse. */
export function addKeys() {
  document.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    // Within the message the arrows scroll, and controls have keys of their own.
    const isArrow = event.key.startsWith('Arrow');
    if (event.target.closest(isArrow ? 'select, input, dialog, main' : 'select, input, dialog')) return;
    event.preventDefault();
    moveInList(step);
  });
}
