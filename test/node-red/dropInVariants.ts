import { createHash } from 'node:crypto';
import type { NodeMessage } from '../../node-red/src/red';
import type { SentMail } from '../support/sentMail';

export interface Variant {
  msg: NodeMessage;
  /** What our node sends otherwise, with the reason beside it. */
  differs?: Partial<SentMail>;
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
const base = { from: 'shop@example.com', to: 'jane@example.com', topic: 'Your order' };
const html = '<h1>Grüße</h1>\n<p>Thank you.</p>';

/**
 * Beside HTML without `msg.plaintext` the e-mail node sends the source of the HTML once more as the plain text, so
 * that programs without HTML show its tags. Ours sends no text; the service makes one with the option Auto Text.
 */
const noSource = { text: undefined };

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** Messages for the e-mail node, by what is special about them. */
export const variants: Record<string, Variant> = {
  HTML: { msg: { ...base, payload: html }, differs: noSource },
  'plain text': { msg: { ...base, payload: 'Grüße,\na < b and b > c' } },
  'HTML and plain text': { msg: { ...base, payload: html, plaintext: 'Grüße\nThank you.' } },
  'a number': { msg: { ...base, payload: 1042 } },
  'text with a comment of HTML': { msg: { ...base, payload: 'a <!-- b -->' } },
  'a Buffer with a name': { msg: { ...base, payload: bytes, filename: '/data/Übersicht.pdf' } },
  'a Buffer without a name': { msg: { ...base, payload: bytes } },
  'a Buffer of a picture without a name': { msg: { ...base, payload: png } },
  'a Buffer with a description': {
    msg: { ...base, payload: bytes, filename: 'a.csv', description: 'See it' },
  },
  'a Buffer beside attachments and plain text': {
    msg: {
      ...base,
      payload: bytes,
      filename: 'a.bin',
      plaintext: 'x',
      attachments: [{ content: 'y', filename: 'y.txt' }],
    },
    // The e-mail node forgets these beside a Buffer; a message that has them means them.
    differs: {
      text: 'x',
      attachments: [
        { name: 'y.txt', type: 'text/plain', sha256: sha256('y') },
        { name: 'a.bin', type: 'application/octet-stream', sha256: sha256(bytes) },
      ],
    },
  },
  'attachments of every form': {
    msg: {
      ...base,
      payload: 'See the files',
      attachments: [
        { filename: 'text.txt', content: 'Grüße' },
        { filename: 'bytes.bin', content: bytes },
        { filename: 'base64.pdf', content: bytes.toString('base64'), encoding: 'base64' },
        { filename: 'hex.zip', content: bytes.toString('hex'), encoding: 'hex' },
        { filename: 'typed.dat', content: bytes, contentType: 'application/x-own' },
      ],
    },
  },
  'one attachment that is no list': {
    msg: { ...base, payload: 'See it', attachments: { filename: 'a.png', content: png } },
  },
  'attachments without a name': {
    msg: { ...base, payload: 'See it', attachments: [{ content: bytes }, { content: 'text' }] },
    // The e-mail node names them attachment-1.* and attachment-2.*, which some systems cannot store.
    differs: {
      attachments: [
        { name: 'attachment-1.bin', type: 'application/octet-stream', sha256: sha256(bytes) },
        { name: 'attachment-2.bin', type: 'application/octet-stream', sha256: sha256('text') },
      ],
    },
  },
  'an attachment with a type and no name': {
    msg: { ...base, payload: 'See it', attachments: [{ content: png, contentType: 'image/png' }] },
  },
  'an image with a Content-ID': {
    msg: {
      ...base,
      payload: '<img src="cid:logo">',
      plaintext: 'logo',
      attachments: [
        { filename: 'logo.png', content: png, cid: 'logo' },
        { filename: 'a.bin', content: bytes },
      ],
    },
  },
  'an image with a Content-ID that is not shown': {
    msg: {
      ...base,
      payload: '<p>x</p>',
      plaintext: 'x',
      attachments: [{ filename: 'logo.png', content: png, cid: 'logo' }],
    },
    // The service's attachments have no Content-ID, and its images are for the HTML to show.
    differs: { images: [], attachments: [{ name: 'logo.png', type: 'image/png', sha256: sha256(png) }] },
  },
  'several recipients with names': {
    msg: {
      ...base,
      payload: 'Hi',
      to: '"Doe, Jane" <jane@example.com>, John Grün <john@example.com>, info@example.org',
    },
  },
  'recipients in a list': {
    msg: { ...base, payload: 'Hi', to: ['jane@example.com', 'John <john@example.com>'] },
  },
  'recipients as objects': {
    msg: { ...base, payload: 'Hi', to: [{ name: 'Jane', address: 'jane@example.com' }] },
  },
  copies: {
    msg: { ...base, payload: 'Hi', cc: 'Team <team@example.com>, b@example.com', bcc: 'archive@example.com' },
  },
  'several reply addresses as objects': {
    msg: {
      ...base,
      payload: 'Hi',
      replyTo: [{ name: 'Help Desk', address: 'help@example.com' }, 'sales@example.com'],
    },
    differs: { replyTo: ['Help Desk <help@example.com>, sales@example.com'] },
  },
  'a reply address as an object': {
    msg: { ...base, payload: 'Hi', replyTo: { name: 'Help', address: 'help@example.com' } },
  },
  'copies without a recipient': {
    msg: { from: base.from, topic: base.topic, payload: 'Hi', cc: 'team@example.com', bcc: 'b@example.com' },
  },
  'a sender as an object': {
    msg: { ...base, payload: 'Hi', from: { name: 'Example Shop', address: 'shop@example.com' } },
  },
  'a reply address': { msg: { ...base, payload: 'Hi', replyTo: 'support@example.com' } },
  headers: { msg: { ...base, payload: 'Hi', headers: { 'X-Campaign': 'autumn', 'x-number': 7 } } },
  'headers in a list': { msg: { ...base, payload: 'Hi', headers: [{ key: 'X-Campaign', value: 'autumn' }] } },
  'a sender with a name': { msg: { ...base, payload: 'Hi', from: '"Shop, Example" <shop@example.com>' } },
  'a file and the headers of a download': {
    msg: {
      ...base,
      payload: png,
      filename: 'logo',
      headers: { 'content-type': 'image/png', 'x-served-by': 'a', 'set-cookie': ['a=b'] },
    },
    // The e-mail node makes an image of the whole email, so that nobody can read it.
    differs: {
      text: '\nFile from Node-RED is attached: logo',
      attachments: [{ name: 'logo', type: 'image/png', sha256: sha256(png) }],
      // Cookies are the recipient's business in no email.
      headers: { 'x-served-by': 'a' },
    },
  },
  'a title for a subject': { msg: { from: base.from, to: base.to, payload: 'Hi', title: 'From the title' } },
  'no subject': { msg: { from: base.from, to: base.to, payload: 'Hi' } },
  'an empty subject': { msg: { ...base, topic: '', payload: 'Hi' } },
  'an answer to a mail': {
    msg: {
      ...base,
      payload: 'Hi',
      header: { 'message-id': '<1@example.org>' },
      references: ['<0@example.org>', '1@example.org'],
    },
  },
  'an answer to a Message-ID': { msg: { ...base, payload: 'Hi', inReplyTo: '1@example.org' } },
  'a high priority': { msg: { ...base, payload: 'Hi', priority: 'high' } },
  'a low priority': { msg: { ...base, payload: 'Hi', priority: 'low' } },
  'an object': { msg: { ...base, payload: { order: 1 } } },
};
