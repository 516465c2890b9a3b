import type { Email, EmailFile } from './email';
import MimeNode, { encode, wrap } from '../generated/libraries/mimeNode';
import type { Clock } from '../wire/transport';

/** A part of an email: some content, or other parts. */
interface Part {
  type: string;
  headers?: Readonly<Record<string, string>>;
  filename?: string;
  /** As it is written, encoded. */
  body?: string;
  parts?: readonly Part[];
}

/** The longest line of an encoded part, in characters (RFC 2045, 6.7 and 6.8). */
const longest = 76;

/**
 * An email by RFC 5322 as recipients get it, though SendClean makes its own of the request: with another Message-ID, and
 * with what it adds. Recipients of a blind copy are in it, for the person who sends it.
 */
export function previewEml(email: Email, xUniqueId: string | null, clock: Clock): string {
  const { type, body, parts } = everything(email);
  const random = Math.floor(clock.random() * 2 ** 50).toString(36);
  // Nothing in the encoded parts can be taken for what is between them.
  const baseBoundary = random.padStart(10, '0');
  const root = new MimeNode(type, { baseBoundary, keepBcc: true });
  setHeaders(root, email);
  root.setHeader('Date', new Date(clock.now()).toUTCString().replace('GMT', '+0000'));
  root.setHeader('Message-ID', `<${(xUniqueId ?? random).replaceAll(/[^\w.-]/g, '-')}@preview.invalid>`);
  const whole = { type, headers: encoding(type), ...(body !== undefined && { body }), parts: parts ?? [] };
  return lines(root, whole, baseBoundary);
}

function setHeaders(root: MimeNode, { from, to, cc, bcc, subject, headers }: Email): void {
  if (from) root.setHeader('From', from);
  for (const [name, people] of [
    ['To', to],
    ['Cc', cc],
    ['Bcc', bcc],
  ] as const)
    if (people.length > 0) root.setHeader(name, people);
  root.setHeader('Subject', subject);
  for (const [name, value] of headers) root.setHeader(name, value);
}

function everything({ html, text, images, attachments }: Email): Part {
  const inline = images.map((image) => file(image, { 'Content-ID': `<${image.name}>` }, 'inline'));
  const pictured = html === undefined ? [] : [several('related', [words('html', html), ...inline])];
  const content = several('alternative', [
    ...(text === undefined ? [] : [words('plain', text)]),
    ...pictured,
  ]);
  return several('mixed', [content, ...attachments.map((one) => file(one, {}, 'attachment'))]);
}

function several(kind: string, parts: Part[]): Part {
  const [only, ...others] = parts;
  return only && others.length === 0 ? only : { type: `multipart/${kind}`, parts };
}

function words(kind: string, text: string): Part {
  const inLines = text.replaceAll(/\r\n?|\n/g, '\r\n');
  const type = `text/${kind}; charset=utf-8`;
  return { type, headers: encoding(type), body: wrap(encode(inLines), longest) };
}

function file({ type, name, content }: EmailFile, headers: Part['headers'], disposition: string): Part {
  return {
    type,
    filename: name,
    headers: { ...headers, 'Content-Disposition': disposition, 'Content-Transfer-Encoding': 'base64' },
    body: content.replaceAll(new RegExp(`.{${longest}}(?=.)`, 'g'), '$&\r\n'),
  };
}

function encoding(type: string): Readonly<Record<string, string>> {
  return type.startsWith('multipart/') ? {} : { 'Content-Transfer-Encoding': 'quoted-printable' };
}

/** A part with those that it holds, in lines. */
function lines(node: MimeNode, { headers = {}, body = '', parts = [] }: Part, baseBoundary: string): string {
  for (const [name, value] of Object.entries(headers)) node.setHeader(name, value);
  const children = parts.map((part) => {
    const child = node.createChild(part.type, {
      baseBoundary,
      ...(part.filename !== undefined && { filename: part.filename }),
    });
    return [child, part] as const;
  });
  const head = node.buildHeaders();
  if (children.length === 0) return `${head}\r\n\r\n${body}\r\n`;
  const inner = children.map(([child, part]) => `--${node.boundary}\r\n${lines(child, part, baseBoundary)}`);
  return `${head}\r\n\r\n${inner.join('')}--${node.boundary}--\r\n`;
}
