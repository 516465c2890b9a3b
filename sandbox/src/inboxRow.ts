import type { Mail, Recipient } from './mail';
import { eventKinds, type EventKind, type StoredSummary } from './records';
import { textOf } from './tags';

/** What the list of the inbox page shows of a message. */
export interface InboxRow {
  id: number;
  subject: string;
  from: Mail['from'];
  /** The first recipient, and how many there are. */
  to: Recipient | null;
  recipientCount: number;
  fileCount: number;
  receivedAt: number;
  xUniqueId: string | null;
  smtpUser: string | null;
  templateId: string | null;
  isRead: boolean;
  /** The kinds of events that were recorded, in their usual order. */
  events: EventKind[];
}

/** Reads a row of the database. */
export function readRow(row: Record<string, unknown>): InboxRow {
  const { subject, from, recipients, attachments, images, receivedAt, xUniqueId } = JSON.parse(
    String(row.summary),
  ) as StoredSummary;
  const kinds = new Set(JSON.parse(String(row.kinds)) as string[]);
  return {
    id: Number(row.id),
    subject,
    from,
    to: recipients[0] ?? null,
    recipientCount: recipients.length,
    fileCount: attachments.length + images.length,
    receivedAt,
    xUniqueId,
    smtpUser: textOrNull(row.smtp_user),
    templateId: textOrNull(row.template_id),
    isRead: row.is_read === 1,
    events: eventKinds.filter((kind) => kinds.has(kind)),
  };
}

/** “Jane Doe <jane@example.com>” */
export function address({ name = '', email = '' }: { name?: string; email?: string }): string {
  return `${name} <${email}>`;
}

/** Of a very long text, what is searched. */
const searched = 200_000;

/** Texts as they are searched: in one line, in lower case, whatever the width and composition of their characters. */
export function foldedWords(
  texts: readonly (string | null)[],
  text?: string | null,
  html?: string | null,
): string {
  const content = text ?? (html ? textOf(html.slice(0, searched)) : '');
  return [...texts.map((one) => one ?? ''), content.slice(0, searched)]
    .join(' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ');
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
