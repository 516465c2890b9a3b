import { button, element, option } from './dom.js';
import { moment } from './moments.js';
import { change } from './requests.js';

/** What each kind of event is called, in the order in which they usually come. */
export const eventTitles = {
  delivered: 'Delivered',
  open: 'Opened',
  click: 'Clicked',
  hard_bounce: 'Bounced',
  soft_bounce: 'Soft bounce',
  spam: 'Marked as spam',
};

/** A kind of event in its colour. */
export function eventBadge(event) {
  return element('span', { class: `badge ${event}` }, eventTitles[event]);
}

/** The events of a message, with a button to record each kind. */
export function eventsPanel(message) {
  const list = element('ul', { id: 'events', 'aria-label': 'Recorded events' });
  return element('div', { class: 'events' }, recorder(message), showEvents(list, message.events));
}

/** Fills the list of events anew. */
export function showEvents(list, events) {
  const items = events.map(({ event, email, time }) =>
    element('li', {}, eventBadge(event), element('span', { class: 'address' }, email), moment(time)),
  );
  list.replaceChildren(...(items.length ? items : [element('li', { class: 'quiet' }, 'None recorded yet')]));
  return list;
}

function recorder({ id, recipients }) {
  const emails = [...new Set(recipients.map(({ email }) => email))];
  const recipient = element(
    'select',
    { 'aria-label': 'Recipient' },
    ...(emails.length > 1 ? [option('', 'all recipients')] : []),
    ...emails.map((email) => option(email, email)),
  );
  const failure = element('span', { class: 'failure', role: 'alert' });
  const record = async (event) => {
    try {
      const email = recipient.value ? { email: recipient.value } : {};
      await change('POST', 'events', { messageId: id, event, ...email });
      failure.textContent = '';
    } catch ({ message }) {
      failure.textContent = message;
    }
  };
  const buttons = Object.entries(eventTitles).map(([event, title]) =>
    button(title, () => void record(event)),
  );
  return element(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'Record an event' },
    'Record for ',
    recipient,
    ...buttons,
    failure,
  );
}
