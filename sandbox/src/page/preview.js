import { element, option } from './dom.js';

/** The widths at which an email's HTML can be looked at, in CSS pixels; null for all there is. */
const widths = { Desktop: null, Phone: 375 };
let width = 'Desktop';
let recordsClicks = true;

/** The email's own HTML, with what can be chosen about it. */
export function preview({ id, recipients, remoteImages, tracksClicks }) {
  const frame = element('iframe', {
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    title: 'HTML of the email',
    referrerpolicy: 'no-referrer',
  });
  let images = 'inline';
  const emails = [...new Set(recipients.map(({ email }) => email))];
  const clicks = clickChoice(tracksClicks ? emails : []);
  const load = () => {
    if (tracksClicks) recordsClicks = clicks.value !== '';
    const query = new URLSearchParams({ images, ...(clicks.value && { clicks: clicks.value }) });
    frame.src = `/_sandbox/messages/${id}/preview?${query}`;
  };
  clicks.addEventListener('change', load);
  load();
  const show = () => {
    images = 'all';
    load();
  };
  return element(
    'div',
    { class: 'preview' },
    element('div', { class: 'toolbar' }, widthChoice(frame), element('label', {}, 'Links ', clicks)),
    remoteImages ? imagesNotice(show) : '',
    frame,
  );
}

function clickChoice(emails) {
  const choice = element(
    'select',
    {},
    ...emails.map((email) =>
      option(email, emails.length > 1 ? `open and record a click of ${email}` : 'open and record a click'),
    ),
    option('', emails.length ? 'only open' : 'only open, as clicks are not tracked'),
  );
  if (!recordsClicks) choice.value = '';
  return choice;
}

function widthChoice(frame) {
  const buttons = Object.keys(widths).map((name) => element('button', { type: 'button' }, name));
  const choose = (name) => {
    width = name;
    frame.style.maxWidth = widths[name] ? `${widths[name]}px` : '';
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.textContent === name));
  };
  for (const button of buttons) button.addEventListener('click', () => choose(button.textContent));
  choose(width);
  return element('div', { class: 'choice', role: 'group', 'aria-label': 'Width' }, ...buttons);
}

/** Images from elsewhere tell their owner that the email was read, so that a person has to ask for them. */
function imagesNotice(show) {
  const button = element('button', { type: 'button' }, 'Load images');
  const notice = element('p', { class: 'notice' }, 'Images from other sites are blocked. ', button);
  button.addEventListener('click', () => {
    notice.remove();
    show();
  });
  return notice;
}
