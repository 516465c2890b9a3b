import { count, element, size } from './dom.js';

const shownLength = 100_000;

/** A long text is cut, as a browser takes seconds to lay it out. */
export function textPanel(text) {
  const cut =
    text.length > shownLength
      ? `${text.slice(0, shownLength)}\n… cut, ${count(text.length, 'character')} in all`
      : text;
  return element('pre', { tabindex: '0' }, cut);
}

export function headersPanel(headers) {
  const rows = Object.entries(headers).map(([name, value]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)),
  );
  if (!rows.length) return element('p', { class: 'quiet' }, 'The request sets no headers.');
  return element('table', {}, element('tbody', {}, ...rows));
}

/** The request as it came, its JSON indented. */
export function rawPanel({ wire }) {
  const headers = Object.entries(wire.headers).map(([name, value]) => `${name}: ${value}`);
  return textPanel([`${wire.method} ${wire.path}`, ...headers, '', indented(wire.body)].join('\n'));
}

function indented(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body.replaceAll('&', '\n&');
  }
}

/** The attachments and inline images, to download. */
export function filesPanel({ id, attachments, images }) {
  const links = [
    ...attachments.map((file, index) => fileLink(file, `attachments/${index}`, '')),
    ...images.map((file, index) => fileLink(file, `images/${index}`, ', inline')),
  ];
  function fileLink(file, path, note) {
    const href = `/_sandbox/messages/${id}/${path}`;
    return element(
      'li',
      {},
      element('a', { href, download: true }, file.name),
      element('span', { class: 'quiet' }, `${file.type}, ${size(file.size)}${note}`),
      element('span', { class: 'quiet' }, 'SHA-256 ', element('code', {}, file.sha256)),
    );
  }
  return element('ul', { class: 'files', 'aria-label': 'Attachments and images' }, ...links);
}
