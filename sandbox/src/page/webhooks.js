import { copyable, count, element } from './dom.js';
import { moment, preciseMoment } from './moments.js';
import { deleteWebhook } from './newWebhook.js';
import { secret } from './secrets.js';

/** IDs of the webhooks whose deliveries a person has unfolded. */
const unfolded = new Set();

/** What the faults do to a delivery, by kind. */
const faultTitles = {
  lostAnswer: 'answer lost',
  lateAnswer: 'answer not waited for',
  late: 'posted late',
};

/**
 * What a card of the account has of a webhook, below its URL.
 * @param {() => Promise<void>} refresh shows the view again
 */
export function webhook({ id, url, events, description, createdAt, waiting, deliveries }, refresh) {
  return [
    description ? element('p', {}, description) : '',
    line(...events.map((event) => element('span', { class: `badge ${event}` }, event))),
    line(copyable(id, `ID of ${url}`), element('span', { class: 'quiet' }, 'added ', moment(createdAt))),
    line(secret(`key of ${url}`, `webhooks/${id}/key`, refresh), deleteWebhook({ id, url })),
    deliveryList(id, url, waiting, deliveries),
  ];
}

function line(...content) {
  return element('div', { class: 'actions' }, ...content);
}

function deliveryList(id, url, waiting, deliveries) {
  const wait = waiting ? `${count(waiting, 'event')} waiting` : 'no event waiting';
  if (!deliveries.length) return element('p', { class: 'quiet' }, `Nothing posted yet, ${wait}`);
  const summary = element('summary', { id: `deliveries-of-${id}` }, `Latest deliveries, ${wait}`);
  const attributes = { class: 'deliveries', 'aria-label': `Deliveries to ${url}`, tabindex: '0' };
  const list = element('ul', attributes, ...deliveries.map(delivery));
  const details = element('details', { open: unfolded.has(id) }, summary, list);
  details.addEventListener('toggle', () => (details.open ? unfolded.add(id) : unfolded.delete(id)));
  return details;
}

function delivery({ time, events, names, attempt, status, answer, failure, fault }) {
  const isTaken = status === 200 && !fault;
  const outcome = status === null ? 'no answer' : `HTTP ${status}`;
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  return element(
    'li',
    {},
    preciseMoment(time),
    element('span', {}, `${count(events, 'event')}: ${names.join(', ')}${again}`),
    element('span', { class: `badge ${isTaken ? 'delivered' : 'hard_bounce'}` }, outcome),
    fault ? element('span', { class: 'badge soft_bounce' }, `Fault: ${faultTitles[fault]}`) : '',
    element('code', {}, failure ?? answer),
  );
}
