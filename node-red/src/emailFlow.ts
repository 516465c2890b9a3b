import { basename } from 'node:path/posix';
import { isEmpty } from '../../shared/fieldValues';
import { contentIds } from '../../shared/imageReferences';
import type { Field } from '../../shared/model';
import { toRecipients } from '../../shared/recipients';
import { answeredId, sortHeaders } from './emailHeaders';
import { bytesOf } from './fileContent';
import { isInline } from './files';
import type { NodeDef, NodeMessage } from './red';

type Values = Record<string, unknown>;

/** What a rule reads: the operation's fields, what they hold for a message, and where that came from. */
interface Case {
  fields: readonly Field[];
  values: Values;
  definition: NodeDef;
  msg: NodeMessage;
}

/**
 * Brings the values of a form to where Node-RED's e-mail node would put them, so that a flow made for it sends the
 * same mail. Each rule is one that node has; see its source, 61-email.js of node-red-node-email.
 */
export function asEmailFlow(given: Case): void {
  for (const rule of [sortPayload, sortText, sortSubject, sortSender, sortRecipients, sortInline])
    rule(given);
  sortHeaders(given.fields, given.values, given.msg);
}

/** Bytes where HTML belongs are a file to attach; an object is written out. */
function sortPayload({ fields, values, msg }: Case): void {
  const html = fields.find(({ kind, plainText }) => kind === 'html' && plainText !== undefined);
  const attachments = fields.find(({ kind }) => kind === 'attachments');
  if (!html?.plainText || !attachments) return;
  const payload = values[html.name];
  const bytes = bytesOf(payload, html.name);
  if (bytes) {
    const file = fileOf(bytes, msg);
    values[html.name] = undefined;
    values[attachments.name] = [...toList(values[attachments.name]), file];
    const standard = `\nFile from Node-RED is attached: ${file.filename}`;
    values[html.plainText] = [msg.description, values[html.plainText], standard].find(
      (text) => !isEmpty(text),
    );
  } else if (typeof payload === 'object' && !isEmpty(payload)) values[html.name] = toJson(payload);
}

/** What cannot be written, such as an object that holds itself, is left for validation to name. */
function toJson(value: unknown): unknown {
  try {
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

function fileOf(content: Buffer, { filename, headers }: NodeMessage) {
  const name = typeof filename === 'string' ? basename(filename.replaceAll('\\', '/')) : '';
  return {
    filename: name || `attachment.${extensionOf(content)}`,
    content,
    ...(isObject(headers) && { contentType: headers['content-type'] }),
  };
}

/** The kind of a picture by its first two bytes. */
function extensionOf(content: Buffer): string {
  const known: Record<string, string> = { ffd8: 'jpg', '4749': 'gif', '424d': 'bmp', '8950': 'png' };
  return known[content.toString('hex', 0, 2)] ?? 'bin';
}

/** Text without a tag that was given as HTML belongs to the text field. */
function sortText({ fields, values }: Case): void {
  for (const { name, plainText } of fields) {
    const value = values[name];
    if (plainText === undefined || !isEmpty(values[plainText]) || isEmpty(value)) continue;
    if (typeof value === 'object' || /<[a-z][^>]*>/i.test(String(value))) continue;
    values[plainText] = value;
    values[name] = undefined;
  }
}

/** A mail whose message has no topic gets the title or a standard subject; an empty topic stays empty. */
function sortSubject({ fields, values, definition, msg }: Case): void {
  const subject = fields.find(({ path }) => path.at(-1) === 'subject');
  // The subject of a template is the one that it has in the panel.
  if (!subject || !fields.some(({ kind }) => kind === 'html') || !isFed(subject, definition)) return;
  if (isEmpty(values[subject.name]) && msg.topic !== '')
    values[subject.name] = isEmpty(msg.title) ? 'Message from Node-RED' : msg.title;
  const given = values[subject.name] ?? '';
  if (answeredId(msg) !== undefined && typeof given !== 'object')
    values[subject.name] = `Re: ${String(given)}`;
}

/** Whether a field is as in a new node: fed by the property of the message that e-mail flows use. */
function isFed({ name, msg }: Field, definition: NodeDef): boolean {
  return definition[name] === msg && definition[`${name}Type`] === 'msg';
}

/** A name before the sender's address belongs to the field for the name, unless that has one already. */
function sortSender({ fields, values }: Case): void {
  const address = fields.find(({ path }) => path.at(-1) === 'from_email');
  const name = fields.find(({ path }) => path.at(-1) === 'from_name');
  if (!address || !name || isEmpty(values[address.name])) return;
  const [sender, ...others] = toRecipients(toRecipient(values[address.name]), 'to');
  if (!sender || isEmpty(sender.email) || isEmpty(sender.name) || others.length > 0) return;
  values[address.name] = sender.email;
  if (isEmpty(values[name.name])) values[name.name] = sender.name;
}

/** Recipients may be objects `{ name, address }`. */
function sortRecipients({ fields, values }: Case): void {
  for (const { name } of fields.filter(({ kind }) => kind === 'recipients'))
    values[name] = Array.isArray(values[name])
      ? values[name].map((one: unknown) => toRecipient(one))
      : toRecipient(values[name]);
}

function toRecipient(value: unknown): unknown {
  if (!isObject(value) || 'email' in value || !('address' in value)) return value;
  return { email: value.address, name: value.name };
}

/** Attachments with a Content-ID are images of the HTML, if it shows them. */
function sortInline({ fields, values }: Case): void {
  const html = fields.find(({ kind }) => kind === 'html');
  const from = fields.find(({ kind }) => kind === 'attachments');
  const to = fields.find(({ kind }) => kind === 'images');
  if (!from || !to) return;
  const files = toList(values[from.name]);
  if (!files.some(isInline)) return;
  const content = html && values[html.name];
  const shown = contentIds(typeof content === 'string' ? content : '');
  const isShown = (file: unknown) =>
    isInline(file) && (!html || (isObject(file) && shown.has(String(file.cid))));
  values[from.name] = files.filter((file) => !isShown(file));
  values[to.name] = [...toList(values[to.name]), ...files.filter(isShown)];
}

function toList(value: unknown): unknown[] {
  return isEmpty(value) ? [] : [value].flat();
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}
