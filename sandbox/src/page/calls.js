import { button, count, element } from './dom.js';
import { preciseMoment } from './moments.js';
import { read } from './requests.js';

const step = 200;
let latest = step;

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
  const { count: all, requests } = await read(`requests?latest=${latest}`);
  const more = button('Show earlier calls', () => {
    latest += step;
    void refreshCalls();
  });
  document
    .getElementById('calls')
    .replaceChildren(
      element('h2', { id: 'calls-title' }, 'Calls'),
      element('p', { class: 'quiet' }, summary(all, requests)),
      requests.length ? table(requests.toReversed()) : '',
      requests.length === latest && all > latest ? more : '',
    );
}

function summary(all, { length }) {
  if (!all) return 'No call has reached the sandbox since it started.';
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
  const { requests } = await read('requests?latest=100');
  const failed = requests.findLast(({ reason, fault }) => reason || fault);
  return (
    failed &&
    (failed.reason ? `was refused: ${failed.reason}` : `failed by a fault: ${faultTitles[failed.fault]}`)
  );
}
