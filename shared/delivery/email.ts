import type { Field, Operation } from '../model';
import { fieldWith } from '../model';
import { valueAt } from '../paths';

/** Somebody in a header of an email. */
export interface Person {
  address: string;
  name: string;
}

/** A file of an email, its content as base64. */
export interface EmailFile {
  name: string;
  type: string;
  content: string;
}

/** The email that a valid request describes, whatever the request calls its parts. */
export interface Email {
  from: Person | undefined;
  to: Person[];
  cc: Person[];
  bcc: Person[];
  subject: string;
  html: string | undefined;
  text: string | undefined;
  headers: [name: string, value: string][];
  attachments: readonly EmailFile[];
  images: readonly EmailFile[];
}

interface Recipient {
  email: string;
  name?: string;
  type?: 'to' | 'cc' | 'bcc';
}

export function emailIn({ fields, ...operation }: Operation, request: object): Email {
  const read = (field: Field | undefined) => (field ? valueAt(request, field.path) : undefined);
  const byKind = (kind: Field['kind']) => fields.find((field) => field.kind === kind);
  const byName = (name: string | undefined) => fields.find((field) => field.name === name);
  const html = byKind('html');
  const sender = fields.find(({ nameField }) => nameField !== undefined);
  const from = textOf(read(sender));
  const recipients = (read(byKind('recipients')) ?? []) as readonly Recipient[];
  const inHeader = (header: Recipient['type']) =>
    recipients
      .filter(({ type = 'to' }) => type === header)
      .map(({ email, name = '' }) => ({ address: email, name }));
  const headers = Object.entries((read(fieldWith({ ...operation, fields }, 'headers')) ?? {}) as object);
  return {
    from:
      from === undefined ? undefined : { address: from, name: textOf(read(byName(sender?.nameField))) ?? '' },
    to: inHeader('to'),
    cc: inHeader('cc'),
    bcc: inHeader('bcc'),
    subject: textOf(read(fieldWith({ ...operation, fields }, 'subject'))) ?? '',
    html: textOf(read(html)),
    text: textOf(read(byName(html?.plainText))),
    headers: headers.map(([name, value]) => [name, String(value)]),
    attachments: (read(byKind('attachments')) ?? []) as readonly EmailFile[],
    images: (read(byKind('images')) ?? []) as readonly EmailFile[],
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
