import { refreshCalls } from './calls.js';
import { addFaultSwitch, refreshFaults } from './faults.js';
import {
  addClearing,
  hasMessage,
  inboxParts,
  inboxStatus,
  inboxTitle,
  openMessage,
  refreshInbox,
} from './inbox.js';
import { addKeys } from './keys.js';
import { coalesced, read } from './requests.js';
import { addView, hasView, refreshView, showView } from './views.js';

const status = document.getElementById('status');

addView('inbox', 'Inbox', { parts: inboxParts, refresh: refreshInbox });
addView('calls', 'Calls', { parts: () => [document.getElementById('calls')], refresh: refreshCalls });
addFaultSwitch();
addClearing();
addKeys();

/** What is to be read again, by the name of the event of the stream. */
const refreshers = {
  message: coalesced(async () => {
    await refreshView('inbox');
    tellStatus();
  }),
  // Where the inbox is empty it says why the latest call failed.
  calls: coalesced(() =>
    Promise.all([refreshView('calls'), ...(inboxStatus().startsWith('0 ') ? [refreshView('inbox')] : [])]),
  ),
  faults: coalesced(refreshFaults),
};

/** Goes where the address says: to a view, or to a message by its ID. */
async function follow() {
  const name = location.hash.slice(1);
  await showView(hasView(name) ? name : 'inbox');
  if (hasMessage(Number(name))) await openMessage(Number(name));
}

function tellStatus(failure) {
  status.textContent = failure ?? inboxStatus();
  status.classList.toggle('failure', failure !== undefined);
  document.title = inboxTitle();
}

function listen() {
  const stream = new EventSource('/_sandbox/stream');
  for (const [name, refresh] of Object.entries(refreshers)) {
    stream.addEventListener(name, () => refresh().catch(({ message }) => tellStatus(message)));
  }
  stream.addEventListener('open', () => void refreshers.faults());
  stream.addEventListener('error', () => {
    tellStatus('The sandbox does not answer; trying again…');
    // A stream that was refused does not try again; any other route says why.
    if (stream.readyState === EventSource.CLOSED) read('account').catch(({ message }) => tellStatus(message));
  });
}

window.addEventListener('hashchange', () => void follow());

try {
  await follow();
  tellStatus();
  listen();
} catch ({ message }) {
  tellStatus(message);
}
