import { createHash } from 'node:crypto';
import type { FileSummary, Recipient } from '../../sandbox/src/mail';
import type { Message } from '../../sandbox/src/records';
import type { Address, ReceivedMail } from './mailServer';

/** An email as its recipients see it, whichever way it went. */
export interface SentMail {
  subject: string;
  /** Addresses, each after the name that stands before it, if any. */
  from: string;
  to: string[];
  cc: string[];
  /** Recipients of the envelope whom no header names. */
  bcc: string[];
  replyTo: string[];
  html: string | undefined;
  text: string | undefined;
  attachments: Omit<FileSummary, 'size'>[];
  /** Images of the HTML, their Content-ID as their name. */
  images: Omit<FileSummary, 'size'>[];
  /** Those of the headers that were asked for and are there, by their names in lower case. */
  headers: Record<string, string>;
}

/** An email that came to an email server. */
export function fromSmtp({ envelopeTo, mail }: ReceivedMail, headers: readonly string[]): SentMail {
  const shown = [...(mail.to?.value ?? []), ...(mail.cc?.value ?? [])].map(({ address }) => address);
  const files = mail.attachments.map(({ filename = '', contentType: type, cid, content }) => ({
    file: { name: cid ?? filename, type, sha256: createHash('sha256').update(content).digest('hex') },
    isImage: cid !== undefined,
  }));
  return {
    subject: mail.subject ?? '',
    from: addresses(mail.from)[0] ?? '',
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    bcc: envelopeTo.filter((address) => !shown.includes(address)),
    replyTo: addresses(mail.replyTo),
    html: typeof mail.html === 'string' ? withoutLastBreak(mail.html) : undefined,
    text: mail.text === undefined ? undefined : withoutLastBreak(mail.text),
    attachments: files.filter(({ isImage }) => !isImage).map(({ file }) => file),
    images: files.filter(({ isImage }) => isImage).map(({ file }) => file),
    headers: pick(headers, (name) => valueOf(mail.headerLines.find(({ key }) => key === name)?.line)),
  };
}

/** An email that came to the sandbox. */
export function fromSandbox(message: Message, headers: readonly string[]): SentMail {
  const given = Object.entries(message.headers);
  const header = (name: string) => given.find(([one]) => one.toLowerCase() === name)?.[1];
  const recipients = (type: Recipient['type']) =>
    message.recipients.filter((one) => one.type === type).map(({ email, name }) => written(email, name));
  const file = ({ name, type, sha256 }: FileSummary) => ({ name, type, sha256 });
  return {
    subject: message.subject,
    from: written(message.from.email ?? '', message.from.name),
    to: recipients('to'),
    cc: recipients('cc'),
    bcc: recipients('bcc'),
    replyTo: [header('reply-to') ?? []].flat(),
    html: message.html ?? undefined,
    text: message.text ?? undefined,
    attachments: message.attachments.map(file),
    images: message.images.map(file),
    headers: pick(headers, header),
  };
}

function addresses(header: { value: Address[] } | undefined): string[] {
  return (header?.value ?? []).map(({ address, name }) => written(address, name));
}

function written(address: string, name: string | undefined): string {
  return name ? `${name} <${address}>` : address;
}

/** SMTP ends every part with a line break. */
function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, '');
}

/** A header's value, from the lines that it was folded into. */
function valueOf(lines: string | undefined): string | undefined {
  return lines?.replace(/^[^:]*:\s*/, '').replace(/\r?\n\s/g, ' ');
}

function pick(names: readonly string[], find: (name: string) => string | undefined): Record<string, string> {
  const found = names.map((name) => name.toLowerCase()).map((name) => [name, find(name)]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Record<string, string>;
}
