import { refreshAccount } from './account.js';
import { refreshCalls } from './calls.js';
import { addFaultSwitch, refreshFaults } from './faults.js';
import {
  addInboxControls,
  inboxParts,
  inboxStatus,
  inboxTitle,
  isInboxEmpty,
  openByUniqueId,
  openMessage,
  refreshInbox,
} from './inbox.js';
import { addKeys } from './keys.js';
import { coalesced, read } from './requests.js';
import { addView, arrange, hasView, refreshView, showView } from './views.js';

const status = document.getElementById('status');

addView('inbox', 'Inbox', { parts: inboxParts, refresh: refreshInbox });
addView('calls', 'Calls', { parts: () => [document.getElementById('calls')], refresh: refreshCalls });
addView('account', 'Account', {
  parts: () => [document.getElementById('account')],
  refresh: refreshAccount,
});
addFaultSwitch();
addInboxControls();
addKeys();

/** What is to be read again, by the name of the event of the stream. */
const refreshers = {
  message: coalesced(async () => {
    // Whichever view is shown, the header counts the messages.
    await refreshInbox();
    arrange();
    tellStatus();
    // It counts what each SMTP user has sent.
    await refreshView('account');
  }),
  settings: coalesced(() => refreshView('account')),
  // Where the inbox is empty it says why the latest call failed.
  calls: coalesced(() => Promise.all([refreshView('calls'), isInboxEmpty() && refreshView('inbox')])),
  faults: coalesced(refreshFaults),
};

/** Goes where the address says: to a view, or to a message by its ID or its X-Unique-Id. */
async function follow() {
  const name = decoded(location.hash.slice(1));
  await showView(hasView(name) ? name : 'inbox');
  if (name.startsWith('id=')) await openByUniqueId(name.slice(3));
  else if (/^\d+$/.test(name)) await openMessage(Number(name));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
