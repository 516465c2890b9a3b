import { basename } from 'node:path/posix';
import { isEmpty, isNothing } from '../../../shared/form/empty';
import { movePlainText } from '../../../shared/form/htmlText';
import { contentIds } from '../../../shared/request/imageReferences';
import { isFed, type Case } from './emailCase';
import { answeredId, mergeHeaders } from './emailHeaders';
import { bytesOf } from '../fileContent';
import { isInline } from '../files';
import type { NodeMessage } from '../red';

type Values = Record<string, unknown>;

/**
 * Brings the values of a form to where Node-RED's e-mail node would put them, so that a flow made for it sends the
 * same email. Each rule is one that node has; see its source, 61-email.js of node-red-node-email.
 */
export function asEmailFlow(given: Case): void {
  useReceivedHtml(given);
  attachPayload(given);
  movePlainText(given.fields, given.values);
  for (const rule of [defaultSubject, moveInlineImages, mergeHeaders]) rule(given);
}

/** A message of an email in node has its HTML beside the payload, which is empty where the email has no text. */
function useReceivedHtml({ fields, values, definition, msg }: Case): void {
  const html = fields.find(({ kind }) => kind === 'html');
  if (!html || !isFed(html, definition) || isEmpty(msg.html)) return;
  const payload = values[html.name];
  if (isNothing(payload)) values[html.name] = msg.html;
}

/** Bytes where HTML belongs are a file to attach; an object is written out. */
function attachPayload({ fields, values, msg }: Case): void {
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

/** An email whose message has no topic gets the title or a standard subject; an empty topic stays empty. */
function defaultSubject({ fields, values, definition, msg }: Case): void {
  const subject = fields.find(({ role }) => role === 'subject');
  // The subject of a template is the one that it has in the panel.
  if (!subject || !fields.some(({ kind }) => kind === 'html') || !isFed(subject, definition)) return;
  if (isEmpty(values[subject.name]) && msg.topic !== '')
    values[subject.name] = isEmpty(msg.title) ? 'Message from Node-RED' : msg.title;
  const given = values[subject.name] ?? '';
  if (answeredId(msg) !== undefined && typeof given !== 'object')
    values[subject.name] = `Re: ${String(given)}`;
}

/** Attachments with a Content-ID are images of the HTML, if it shows them. */
function moveInlineImages({ fields, values }: Case): void {
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
