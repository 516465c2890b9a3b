import { address, copyable, element, terms } from './dom.js';
import { eventsPanel } from './events.js';
import { moment } from './moments.js';
import { filesPanel, headersPanel, rawPanel, textPanel } from './parts.js';
import { preview } from './preview.js';
import { tabs } from './tabs.js';

/** The tab that a person chose last, which the next message opens with. */
let chosenTab;

/** One opened message. */
export function messageView(message) {
  const title = element('h2', { id: 'subject' }, message.subject || '(no subject)');
  return element('article', { 'aria-labelledby': 'subject' }, title, facts(message), parts(message));
}

function facts({ from, recipients, receivedAt, operation, smtpUser, xUniqueId, templateId }) {
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
  rows.push(['Received', moment(receivedAt)]);
  rows.push(['Call', smtpUser ? `${operation}, SMTP user ${smtpUser}` : operation]);
  if (templateId) rows.push(['Template', templateId]);
  if (xUniqueId) rows.push(['X-Unique-Id', copyable(xUniqueId, 'X-Unique-Id')]);
  return element('dl', { class: 'facts' }, ...terms(rows));
}

function parts(message) {
  const { html, text, headers, attachments, images, events } = message;
  const files = attachments.length + images.length;
  const panels = [
    html && { name: 'HTML', content: () => preview(message) },
    text && { name: 'Text', content: () => textPanel(text) },
    { name: 'Headers', count: Object.keys(headers).length, content: () => headersPanel(headers) },
    { name: 'Raw', content: () => rawPanel(message) },
    files && { name: 'Attachments', count: files, content: () => filesPanel(message) },
    { name: 'Events', count: events.length, content: () => eventsPanel(message) },
  ].filter(Boolean);
  return tabs('Parts of the message', panels, chosenTab, (name) => (chosenTab = name));
}
