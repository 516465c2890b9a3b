import { element } from './dom.js';

/** The views of the page by name: the inbox, and whatever stands beside it. */
const views = new Map();
let current = '';

/**
 * Adds a view, with a button for it in the header.
 * @param {string} name under which the address has it, behind `#`
 * @param {string} title
 * @param {{ parts: () => HTMLElement[], refresh: () => Promise<void> }} view the elements that show it, of which there
 *   may be others at another time, and what brings them up to date; it is called when the view is chosen
 */
export function addView(name, title, view) {
  const button = element('button', { type: 'button' }, title);
  button.addEventListener('click', () => {
    history.replaceState(null, '', name === 'inbox' ? location.pathname : `#${name}`);
    void showView(name);
  });
  document.getElementById('views').append(button);
  views.set(name, { ...view, button });
}

/** Whether a view has this name. */
export function hasView(name) {
  return views.has(name);
}

/** Shows a view and hides the others. */
export async function showView(name) {
  current = name;
  for (const [one, { button }] of views) {
    if (one === name) button.setAttribute('aria-current', 'page');
    else button.removeAttribute('aria-current');
  }
  await views.get(name).refresh();
  arrange();
}

/** Shows the elements of the current view, and no others. */
export function arrange() {
  const shown = new Set(views.get(current).parts());
  for (const part of document.querySelectorAll('.view')) part.hidden = !shown.has(part);
}

/** Brings a view up to date if a person sees it. */
export async function refreshView(name) {
  if (name !== current) return;
  await views.get(name).refresh();
  arrange();
}
