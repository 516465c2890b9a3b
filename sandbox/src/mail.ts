import { createHash } from 'node:crypto';
import { fieldWith, type Operation } from '../../shared/model';
import { findName } from '../../shared/paths';
import { fill, type Template } from './templates';

export interface Recipient {
  email: string;
  name?: string;
  type: 'to' | 'cc' | 'bcc';
}

/** A file of an email, its content as base64 text. */
export interface MailFile {
  name: string;
  type: string;
  content: string;
}

/** What is shown of a file in lists. */
export interface FileSummary {
  name: string;
  type: string;
  /** In bytes. */
  size: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: string;
}

/** An email as a request describes it, whatever the operation. */
export interface Mail {
  subject: string;
  from: { email?: string; name?: string };
  recipients: Recipient[];
  html?: string;
  text?: string;
  headers: Record<string, string>;
  attachments: MailFile[];
  images: MailFile[];
  templateId?: string;
  xUniqueId?: string;
}

/** Properties that requests of the service name an email's parts by. */
interface WireMail {
  subject?: string;
  from_email?: string;
  from_name?: string;
  to?: string | { email: string; name?: string; type?: Recipient['type'] }[];
  html?: string;
  text?: string;
  headers?: Record<string, string>;
  attachments?: MailFile[];
  images?: MailFile[];
  template_id?: string;
  dynamic_value?: Record<string, string>;
}

/** The parts of the email in a request that has passed validation; they are in `message`, or on top. */
export function wireMail(request: object): WireMail {
  return 'message' in request && typeof request.message === 'object' && request.message !== null
    ? request.message
    : request;
}

/** The email that a request makes, with its template, if it has one, filled in. */
export function toMail(operation: Operation, request: object, template: Template | undefined): Mail {
  const wire = wireMail(request);
  const filled = template && fill(template, wire.dynamic_value ?? {});
  const html = wire.html ?? filled?.html;
  const text = wire.text ?? filled?.text;
  const path = fieldWith(operation, 'uniqueId')?.path;
  const xUniqueId = path && valueAt(request, path);
  return {
    subject: wire.subject ?? filled?.subject ?? '',
    from: {
      ...(wire.from_email === undefined ? {} : { email: wire.from_email }),
      ...(wire.from_name === undefined ? {} : { name: wire.from_name }),
    },
    recipients: recipientsOf(wire.to),
    ...(html === undefined ? {} : { html }),
    ...(text === undefined ? {} : { text }),
    headers: wire.headers ?? {},
    attachments: wire.attachments ?? [],
    images: wire.images ?? [],
    ...(wire.template_id === undefined ? {} : { templateId: wire.template_id }),
    ...(typeof xUniqueId === 'string' ? { xUniqueId } : {}),
  };
}

function recipientsOf(to: WireMail['to']): Recipient[] {
  if (typeof to === 'string') return [{ email: to, type: 'to' }];
  return (to ?? []).map((one) => ({ ...one, type: one.type ?? 'to' }));
}

/** A value deep in a request; the names of headers have no case. */
function valueAt(request: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((holder, key) => {
    if (typeof holder !== 'object' || holder === null) return undefined;
    return Object.entries(holder).find(([name]) => name === findName(holder, key))?.[1];
  }, request);
}

export function summarise({ name, type, content }: MailFile): FileSummary {
  const bytes = Buffer.from(content, 'base64');
  return { name, type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
