import { button, count, element } from './dom.js';
import { preciseMoment } from './moments.js';
import { read } from './requests.js';

const step = 200;
let latest = step;
let failedOnly = false;

/** What the faults do to a call, by kind. */
const faultTitles = {
  delay: 'response delayed',
  status: 'server error',
  error: 'error of the service',
  reply: 'another response',
  html: 'page of a proxy',
  brokenJson: 'broken JSON',
  straySemicolon: 'stray semicolon',
  empty: 'empty response',
  slowBody: 'slow response',
  cutBody: 'response cut off',
  resetBefore: 'connection broken before the call was carried out',
  resetAfter: 'connection broken after the call was carried out',
  repeatPage: 'first page repeated',
};

/** Brings the list of calls up to date. */
export async function refreshCalls() {
  const { count: all, requests } = await read(`requests?latest=${latest}&failed=${failedOnly}`);
  const view = document.getElementById('calls');
  if (!view.firstChild) view.append(...head(), element('div', { id: 'call-list' }));
  const more = button('Show earlier calls', () => {
    latest += step;
    void refreshCalls();
  });
  document
    .getElementById('call-list')
    .replaceChildren(
      element('p', { class: 'quiet' }, summary(all, requests)),
      requests.length ? table(requests.toReversed()) : '',
      requests.length === latest && all > latest ? more : '',
    );
}

function head() {
  const choice = element('input', { type: 'checkbox', id: 'failed-only' });
  choice.addEventListener('change', () => {
    failedOnly = choice.checked;
    latest = step;
    void refreshCalls();
  });
  const label = element('label', { class: 'check' }, choice, 'Only refused calls and those that met a fault');
  return [element('h2', { id: 'calls-title' }, 'Calls'), label];
}

function summary(all, { length }) {
  if (!all) return 'No call has reached the sandbox since it started.';
  if (failedOnly) return `${length || 'None'} of ${count(all, 'call')}, newest first`;
  return length < all
    ? `The latest ${length} of ${count(all, 'call')}, newest first`
    : `${count(all, 'call')}, newest first`;
}

function table(requests) {
  const names = ['Time', 'Call', 'Status', 'Result'];
  const head = element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name)));
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...requests.map(row)));
}

function row(entry) {
  const { method, path, status, time } = entry;
  return element(
    'tr',
    {},
    element('td', {}, preciseMoment(time)),
    element('td', {}, element('code', {}, `${method} ${path}`)),
    element('td', {}, status === null ? 'none' : String(status)),
    element('td', {}, ...result(entry)),
  );
}

function result({ reason, fault, messageId, status }) {
  const link = messageId && element('a', { href: `#${messageId}` }, `Message ${messageId}`);
  if (fault) {
    const text = `Fault: ${faultTitles[fault]}`;
    return [element('span', { class: 'badge soft_bounce' }, text), ' ', link ?? reason ?? ''];
  }
  if (reason) return [element('span', { class: 'badge hard_bounce' }, 'Refused'), ` ${reason}`];
  return [link ?? (status === null ? 'No response yet' : 'Answered')];
}

/** The latest call that was refused or struck by a fault, in a sentence; undefined if there is none. */
export async function latestFailure() {
  const [failed] = (await read('requests?latest=1&failed=true')).requests;
  return (
    failed &&
    (failed.reason ? `was refused: ${failed.reason}` : `failed by a fault: ${faultTitles[failed.fault]}`)
  );
}
