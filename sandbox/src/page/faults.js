import { element, option } from './dom.js';
import { change, read } from './requests.js';

/** What a person can have go wrong; scripts can have more. */
const choices = {
  'Too many requests (429)': { kind: 'error', status: 429, error: { message: 'Too many requests' } },
  'Server error (500)': { kind: 'status' },
  'Timeout: email accepted, no response': { kind: 'delay', delayMs: 600_000 },
  'Lost response: email accepted, connection breaks': { kind: 'resetAfter' },
};
const none = 'succeeds';

const scope = element(
  'select',
  { 'aria-label': 'Calls that fail' },
  option('1', 'Next call'),
  option('', 'Every call'),
);
const choice = element(
  'select',
  { 'aria-label': 'Fault' },
  option('', none),
  ...Object.keys(choices).map((title) => option(title, title)),
  option('other', 'fails as a script has set it', { hidden: true }),
);

/** Fills the part of the header that has calls fail. */
export function addFaultSwitch() {
  document.getElementById('faults').append(scope, choice);
  let last = Promise.resolve();
  const set = () => {
    // Read at once: what the stream tells meanwhile changes what is shown.
    const fault = choices[choice.value] && { ...choices[choice.value], count: scope.value ? 1 : null };
    last = last.then(async () => {
      await change('DELETE', 'faults');
      if (fault) await change('POST', 'faults', fault);
    });
  };
  choice.addEventListener('change', set);
  scope.addEventListener('change', () => choice.value && set());
}

/** Shows which fault is to strike next, whoever has set it. */
export async function refreshFaults() {
  const [next] = await read('faults');
  const isSame = ({ kind, status }) => next.kind === kind && next.status === status;
  choice.value = next ? (Object.keys(choices).find((title) => isSame(choices[title])) ?? 'other') : '';
  if (next) scope.value = next.left === null ? '' : '1';
  document.getElementById('faults').classList.toggle('armed', Boolean(next));
}
