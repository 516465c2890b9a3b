import { createHash } from 'node:crypto';
import type { MessageSummary } from '../sandbox/src/records';
import { invoice, mail } from './mail';

/** What the sandbox has under an X-Unique-Id. */
export async function arrived(sandbox: string, xUniqueId: string): Promise<MessageSummary> {
  const messages = (await (await fetch(`${sandbox}/_sandbox/messages`)).json()) as MessageSummary[];
  const found = messages.filter((message) => message.xUniqueId === xUniqueId);
  if (found.length === 1 && found[0]) return found[0];
  throw new Error(`The email ${xUniqueId} arrived ${found.length} times`);
}

/**
 * Tells what arrived, and compares it with what was to be sent.
 * @returns what differs, in sentences; empty if all is well.
 */
export function report(
  message: MessageSummary,
  records: Record<string, unknown>[],
  print: (line: string) => void,
): string[] {
  const { subject, recipients, attachments, xUniqueId } = message;
  print(`Subject      ${subject}`);
  for (const { type, name, email } of recipients) {
    print(`Recipient    ${type.padEnd(4)} ${name ? `"${name}" <${email}>` : email}`);
  }
  for (const { name, type, size, sha256 } of attachments) {
    print(`Attachment   ${name}, ${type}, ${size} bytes\n             SHA-256 ${sha256}`);
  }
  print(`X-Unique-Id  ${xUniqueId}`);
  for (const record of records) print(`Message info ${JSON.stringify(record)}`);

  const file = attachments[0];
  const sha256 = createHash('sha256').update(invoice.bytes).digest('hex');
  const checks: [boolean, string][] = [
    [subject === mail.subject, 'The subject is another one'],
    [recipients.map(({ type }) => type).join() === 'to,cc', 'The recipients are others'],
    [attachments.length === 1 && file?.name === invoice.name, 'The attachment has another name'],
    [file?.sha256 === sha256 && file.size === invoice.bytes.length, 'The attachment is not the file'],
    [
      records.map(({ email }) => email).join() === recipients.map(({ email }) => email).join(),
      'Get Message Info did not find the email for each of its recipients',
    ],
  ];
  return checks.filter(([holds]) => !holds).map(([, sentence]) => sentence);
}
