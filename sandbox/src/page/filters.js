import { option } from './dom.js';
import { eventTitles } from './events.js';

const part = (id) => document.getElementById(id);
/** The controls by the names that the control route has for them. */
const controls = {
  search: part('search'),
  status: part('by-status'),
  smtpUser: part('by-smtp-user'),
  template: part('by-template'),
};
const pause = 150;

/**
 * Fills the controls that narrow the list down.
 * @param {() => void} changed called when another part of the messages is wanted
 */
export function addFilters(changed) {
  const statuses = { unread: 'Unread', none: 'No events', ...eventTitles };
  controls.status.replaceChildren(
    option('', 'Any status'),
    ...Object.entries(statuses).map(([value, title]) => option(value, title)),
  );
  fillFilters({ smtpUsers: [], templates: [] });
  let timer;
  controls.search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(changed, pause);
  });
  for (const one of [controls.status, controls.smtpUser, controls.template]) {
    one.addEventListener('change', changed);
  }
}

/** Has the controls offer what the messages have; with one name, there is nothing to choose. */
export function fillFilters({ smtpUsers, templates }) {
  fill(controls.smtpUser, 'Any SMTP user', smtpUsers, smtpUsers.length < 2);
  fill(controls.template, 'Any template', templates, templates.length < 1);
}

function fill(select, any, names, isIdle) {
  const chosen = select.value;
  const offered = chosen && !names.includes(chosen) ? [...names, chosen] : names;
  if (
    [...select.options]
      .slice(1)
      .map(({ value }) => value)
      .join('\n') !== offered.join('\n') ||
    !select.length
  ) {
    select.replaceChildren(option('', any), ...offered.map((name) => option(name, name)));
    select.value = chosen;
  }
  select.hidden = isIdle && !chosen;
}

/** The filter as the query of the control route has it. */
export function filterQuery() {
  return Object.fromEntries(
    Object.entries(controls)
      .map(([name, { value }]) => [name, value.trim()])
      .filter(([, value]) => value),
  );
}

/** Shows all messages, or those that hold a text. */
export function setSearch(text) {
  for (const control of Object.values(controls)) control.value = '';
  controls.search.value = text;
}

/** Moves the focus to the search, to type over what is in it. */
export function focusSearch() {
  controls.search.focus();
  controls.search.select();
}
