import { summarise, type FileSummary, type Mail, type Recipient } from './mail';
import type { Wire } from './wire';

export const eventKinds = ['delivered', 'open', 'click', 'soft_bounce', 'hard_bounce', 'spam'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something that happened to an email after it was sent. */
export interface MailEvent {
  event: EventKind;
  /** The recipient that it is about. */
  email: string;
  /** Milliseconds since 1970. */
  time: number;
  ip: string;
  ua: string;
  /** Where the link leads that was clicked, and why the email was not delivered: for webhooks, and not kept. */
  url?: string;
  reason?: string;
}

/** What lists of messages show. */
export interface MessageSummary {
  id: number;
  operation: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  subject: string;
  from: Mail['from'];
  recipients: Recipient[];
  attachments: FileSummary[];
  images: FileSummary[];
  xUniqueId: string | null;
  eventCount: number;
}

/** All that is known of one message; never the token. */
export interface Message extends MessageSummary {
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  templateId: string | null;
  /** The request as it was read, without credentials. */
  request: object;
  wire: Wire;
  events: MailEvent[];
}

/** The part of a message that is written once, when it arrives. */
export type StoredSummary = Omit<MessageSummary, 'id' | 'eventCount'>;
export type StoredContent = Pick<Message, 'html' | 'text' | 'headers' | 'templateId' | 'request' | 'wire'>;

export function toStored(
  operation: string,
  mail: Mail,
  request: object,
  wire: Wire,
): { summary: StoredSummary; content: StoredContent } {
  return {
    summary: {
      operation,
      receivedAt: Date.now(),
      subject: mail.subject,
      from: mail.from,
      recipients: mail.recipients,
      attachments: mail.attachments.map(summarise),
      images: mail.images.map(summarise),
      xUniqueId: mail.xUniqueId ?? null,
    },
    content: {
      html: mail.html ?? null,
      text: mail.text ?? null,
      headers: mail.headers,
      templateId: mail.templateId ?? null,
      request,
      wire,
    },
  };
}

/** One line of the service's message info: one email to one recipient, see `getMessageInfo.json`. */
export interface DeliveryRecord {
  subject: string;
  sender: string;
  email: string;
  sendFrom: string;
  mailSize: number;
  attchSize: number;
  status: string;
  time: number;
  open: number;
  openData: Visits;
  click: number;
  clickData: Visits;
}

interface Visits {
  ip: string[];
  ua: string[];
  time: number[];
}

/** @param mailSize bytes of the whole request body, which is what the sandbox knows of an email's size. */
export function deliveryRecord(
  summary: StoredSummary,
  email: string,
  mailSize: number,
  events: readonly MailEvent[],
): DeliveryRecord {
  const visits = (kind: EventKind): MailEvent[] => events.filter(({ event }) => event === kind);
  const status = events.findLast(({ event }) => event !== 'open' && event !== 'click');
  const files = [...summary.attachments, ...summary.images];
  return {
    subject: summary.subject,
    sender: summary.from.email ?? '',
    email,
    sendFrom: '127.0.0.1',
    mailSize,
    attchSize: files.reduce((sum, { size }) => sum + size, 0),
    status: status?.event ?? 'delivered',
    time: summary.receivedAt,
    open: visits('open').length,
    openData: columns(visits('open')),
    click: visits('click').length,
    clickData: columns(visits('click')),
  };
}

function columns(events: readonly MailEvent[]): Visits {
  return {
    ip: events.map(({ ip }) => ip),
    ua: events.map(({ ua }) => ua),
    time: events.map(({ time }) => time),
  };
}
