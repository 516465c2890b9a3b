import { button, element } from './dom.js';
import { change } from './requests.js';

const names = ['send', 'open', 'click', 'soft_bounce', 'hard_bounce', 'spam'];

const url = element('input', {
  id: 'new-webhook-url',
  type: 'url',
  required: true,
  placeholder: 'http://127.0.0.1:5678/webhook/…',
  'aria-label': 'URL of the new webhook',
  autocomplete: 'off',
  spellcheck: 'false',
});
const boxes = names.map((name) =>
  element('input', { type: 'checkbox', id: `new-webhook-${name}`, value: name, checked: true }),
);
const failure = element('p', { class: 'failure', role: 'alert' });
const submit = element('button', { id: 'add-webhook' }, 'Add webhook');
const form = element(
  'form',
  { class: 'new-webhook', 'aria-label': 'New webhook' },
  element('div', { class: 'actions' }, url, submit),
  element(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'Events of the new webhook' },
    ...boxes.map((box) => element('label', { class: 'check' }, box, box.value)),
  ),
  failure,
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void add();
});

async function add() {
  const events = boxes.filter(({ checked }) => checked).map(({ value }) => value);
  submit.disabled = true;
  try {
    await change('POST', 'webhooks', { url: url.value, events });
    url.value = '';
    failure.textContent = '';
  } catch ({ message }) {
    failure.textContent = message;
  }
  submit.disabled = false;
}

/** The form that adds a webhook, as people do it in the service's panel. It is always the same, so that it can be typed in. */
export function newWebhook() {
  return form;
}

/** A button that deletes a webhook. */
export function deleteWebhook({ id, url: name }) {
  const remove = () => void change('DELETE', `webhooks/${id}`);
  return button('Delete', remove, { class: 'copy danger', 'aria-label': `Delete ${name}` });
}
