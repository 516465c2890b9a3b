import { element, moment } from './dom.js';

const titles = {
  delivered: 'Delivered',
  open: 'Opened',
  click: 'Clicked',
  soft_bounce: 'Soft bounce',
  hard_bounce: 'Hard bounce',
  spam: 'Marked as spam',
};

/** The events of a message, with a form to record another. */
export function eventsSection(message) {
  const list = element('ul', { id: 'events', 'aria-label': 'Recorded events' });
  return element(
    'section',
    { 'aria-labelledby': 'events-title' },
    element('h3', { id: 'events-title' }, 'Events'),
    showEvents(list, message.events),
    eventForm(message),
  );
}

/** Fills the list of events anew. */
export function showEvents(list, events) {
  const items = events.map(({ event, email, time }) =>
    element(
      'li',
      {},
      element('span', { class: `badge ${event}` }, titles[event]),
      element('span', { class: 'address' }, email),
      moment(time, { dateStyle: 'medium', timeStyle: 'medium' }),
    ),
  );
  list.replaceChildren(...(items.length ? items : [element('li', { class: 'quiet' }, 'None recorded yet')]));
  return list;
}

function eventForm({ id, recipients }) {
  const emails = [...new Set(recipients.map(({ email }) => email))];
  const kind = element(
    'select',
    { 'aria-label': 'Kind of event' },
    ...Object.entries(titles).map(([value, title]) => element('option', { value }, title)),
  );
  const recipient = element(
    'select',
    { 'aria-label': 'Recipient' },
    ...(emails.length > 1 ? [element('option', { value: '' }, 'All recipients')] : []),
    ...emails.map((value) => element('option', { value }, value)),
  );
  const button = element('button', { type: 'button' }, 'Record event');
  const failure = element('span', { class: 'failure', role: 'alert' });
  button.addEventListener('click', async () => {
    const body = { messageId: id, event: kind.value, ...(recipient.value ? { email: recipient.value } : {}) };
    const reply = await fetch('/_sandbox/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    failure.textContent = reply.ok ? '' : (await reply.json()).error;
  });
  return element('div', { class: 'actions' }, kind, recipient, button, failure);
}
