import { address, element, moment, size, terms } from './dom.js';
import { eventsSection } from './events.js';
import { preview } from './preview.js';

const shownLength = 100_000;

/** One opened message. */
export function messageView(message) {
  const title = element('h2', { id: 'subject' }, message.subject || '(no subject)');
  return [
    element(
      'article',
      { 'aria-labelledby': 'subject' },
      title,
      facts(message),
      files(message),
      tabs(message),
    ),
    eventsSection(message),
  ];
}

function facts({ from, recipients, receivedAt, operation, xUniqueId, templateId }) {
  const rows = [['From', from.email || from.name ? address(from) : '(the account’s default)']];
  for (const [type, title] of [
    ['to', 'To'],
    ['cc', 'CC'],
    ['bcc', 'BCC'],
  ]) {
    const those = recipients.filter((one) => one.type === type);
    if (those.length)
      rows.push([title, ...those.map((one) => element('span', { class: 'address' }, address(one)))]);
  }
  rows.push(['Received', moment(receivedAt, { dateStyle: 'medium', timeStyle: 'medium' })]);
  rows.push(['Call', operation]);
  if (templateId) rows.push(['Template', templateId]);
  if (xUniqueId) rows.push(['X-Unique-Id', element('code', {}, xUniqueId)]);
  return element('dl', { class: 'facts' }, ...terms(rows));
}

function files({ id, attachments, images }) {
  const links = [
    ...attachments.map((file, index) => fileLink(file, `attachments/${index}`, 'Attachment')),
    ...images.map((file, index) => fileLink(file, `images/${index}`, 'Inline image')),
  ];
  function fileLink(file, path, kind) {
    const href = `/_sandbox/messages/${id}/${path}`;
    return element(
      'li',
      {},
      element('a', { href, download: true, title: `${kind}, SHA-256 ${file.sha256}` }, file.name),
      element(
        'span',
        { class: 'quiet' },
        `${file.type}, ${size(file.size)}${kind === 'Attachment' ? '' : ', inline'}`,
      ),
    );
  }
  return links.length
    ? element('ul', { class: 'files', 'aria-label': 'Attachments and images' }, ...links)
    : '';
}

function tabs(message) {
  const panels = [
    ['HTML', message.html && preview(message)],
    ['Text', message.text && textPanel(message.text)],
    ['Headers', headersPanel(message.headers)],
    ['Raw', textPanel(requestText(message))],
  ].filter(([, content]) => content);
  const bar = element('div', { role: 'tablist', 'aria-label': 'Parts of the message' });
  const bodies = panels.map(([name, content], index) =>
    element(
      'div',
      { role: 'tabpanel', id: `panel-${index}`, 'aria-labelledby': `tab-${index}`, 'data-part': name },
      content,
    ),
  );
  const choose = (chosen) => {
    bodies.forEach((body, index) => (body.hidden = index !== chosen));
    [...bar.children].forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
    });
  };
  panels.forEach(([name], index) => {
    const attributes = { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': `panel-${index}` };
    const tab = element('button', attributes, name);
    tab.addEventListener('click', () => choose(index));
    bar.append(tab);
  });
  bar.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const from = [...bar.children].indexOf(document.activeElement);
    const next = (from + step + panels.length) % panels.length;
    choose(next);
    bar.children[next].focus();
  });
  choose(0);
  return element('div', { class: 'parts' }, bar, ...bodies);
}

function textPanel(text) {
  const cut =
    text.length > shownLength
      ? `${text.slice(0, shownLength)}\n… cut, ${text.length} characters in all`
      : text;
  return element('pre', { tabindex: '0' }, cut);
}

function headersPanel(headers) {
  const rows = Object.entries(headers).map(([name, value]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)),
  );
  if (!rows.length) return element('p', { class: 'quiet' }, 'The request sets no headers.');
  return element('table', {}, element('tbody', {}, ...rows));
}

/** The request as it came, its JSON indented. */
function requestText({ wire }) {
  const headers = Object.entries(wire.headers).map(([name, value]) => `${name}: ${value}`);
  return [`${wire.method} ${wire.path}`, ...headers, '', indented(wire.body)].join('\n');
}

function indented(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body.replaceAll('&', '\n&');
  }
}
