import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an example comes to when one of its inject nodes is pressed. */
export interface Run {
  /** Name of the inject node. */
  press: string;
  /** Settings that a person fills in first, by the names of their nodes. */
  settings?: Record<string, object>;
  /** What DNS says of a sending domain meanwhile. */
  dns?: { domain: string; state: object };
  /** What a credential store gets. */
  stored?: readonly object[];
  /** A fault of the service meanwhile. */
  fault?: object;
  /** The emails that reach the sandbox, in their order; of each the properties that matter. */
  mails: readonly object[];
  /** Of the messages that reach a debug node, the properties that matter; by the names of the nodes. */
  output: Record<string, readonly object[]>;
}

const invoice = join(import.meta.dirname, '../../demo/invoice.pdf');
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

const shop = { email: 'shop@example.com', name: 'Example Shop' };
const jane = { email: 'jane@example.com', type: 'to' };
const janeDoe = { ...jane, name: 'Jane Doe' };
const order = { subject: 'Your order 1042', html: '<p>Thank you for your order.</p>', recipients: [jane] };
const sent = { payload: { status: 'success' } };
const news = (name: string) => ({
  subject: 'News of November',
  from: shop,
  html: `<p>Dear ${name},</p>\n<p>here is what is new.</p>`,
});

/** By the names of the files in `node-red/examples`. */
export const expectations: Record<string, readonly Run[]> = {
  // What events come to is in `eventsExamples.test.ts`.
  'alert-on-spam-reports': [],
  'approve-by-email': [
    {
      press: 'ask for approval',
      mails: [
        {
          subject: 'Order 1042',
          from: shop,
          recipients: [{ email: 'bob@example.com', name: 'Bob Roe', type: 'to' }],
        },
      ],
      output: { asked: [sent] },
    },
  ],
  'attach-a-file': [
    {
      press: 'send the report',
      settings: { report: { filename: invoice } },
      mails: [
        {
          subject: 'Report',
          from: shop,
          recipients: [janeDoe],
          text: 'The report is attached.',
          html: null,
          attachments: [
            { name: 'invoice.pdf', type: 'application/pdf', sha256: sha256(readFileSync(invoice)) },
          ],
        },
      ],
      output: { sent: [sent] },
    },
  ],
  'check-domains-every-morning': [
    {
      press: 'every morning at seven',
      dns: { domain: 'example.com', state: { verified: true, dkim: true, spf: true } },
      mails: [],
      output: { 'all is well': [{ payload: { domain: 'example.com', verified: true } }] },
    },
    {
      press: 'every morning at seven',
      dns: { domain: 'example.com', state: { verified: true, dkim: false, spf: true } },
      mails: [
        {
          subject: 'Sending domain example.com needs attention',
          recipients: [{ email: 'team@example.com', type: 'to' }],
          text: 'example.com: its DKIM record is wrong.',
        },
      ],
      output: { 'alert sent': [sent] },
    },
  ],
  'smtp-user-for-a-customer': [
    {
      press: 'a new customer',
      mails: [],
      stored: [{ url: '/v1/secret/data/smtp/customer-1042', token: 'of-the-store' }],
      output: { added: [{ payload: { customer: 'customer-1042', stored: 200 } }] },
    },
  ],
  'handle-errors': [
    { press: 'send an email', mails: [order], output: { sent: [sent] } },
    {
      press: 'send an email',
      fault: { kind: 'reply', status: 500, body: 'Oops', taken: true },
      mails: [order],
      output: { 'found: it was sent': [{ payload: [{ email: jane.email }] }] },
    },
    {
      press: 'send to a wrong address',
      mails: [],
      output: { 'not sent: fix and repeat': [{ sendclean: { fate: 'notSent', path: 'to[0].email' } }] },
    },
  ],
  'many-recipients': [
    {
      press: 'send the newsletter',
      mails: [
        { ...news('Jane Doe'), recipients: [janeDoe] },
        {
          ...news('Smith, John'),
          recipients: [{ email: 'john@example.com', name: 'Smith, John', type: 'to' }],
        },
        { ...news('Åsa Grün'), recipients: [{ email: 'asa@example.com', name: 'Åsa Grün', type: 'to' }] },
      ],
      output: { sent: [sent, sent, sent] },
    },
  ],
  'replace-e-mail-node': [
    {
      press: 'send an alarm',
      mails: [
        {
          subject: 'Boiler is too hot',
          from: shop,
          recipients: [
            janeDoe,
            { email: 'john@example.com', type: 'to' },
            { email: 'team@example.com', type: 'cc' },
          ],
          html: '<h1>92 °C</h1><img src="cid:trend">',
          text: '92 °C',
          attachments: [{ name: 'values.csv', type: 'text/csv', sha256: sha256('time,value\n12:00,92\n') }],
          images: [{ name: 'trend', type: 'image/png', size: 70 }],
        },
      ],
      output: { sent: [sent] },
    },
  ],
  'opens-by-subject-every-day': [
    {
      press: 'every morning at eight',
      mails: [{ subject: 'Opens by subject', text: 'Nobody has opened an email.' }],
      output: { sent: [sent], table: [{ rows: [] }] },
    },
  ],
  'suppress-hard-bounces': [
    {
      press: 'send an email',
      mails: [{ subject: 'Your order 1042', recipients: [jane] }],
      output: { sent: [sent] },
    },
  ],
  'send-and-look-up': [
    {
      press: 'send an email',
      mails: [{ ...order, from: shop, recipients: [janeDoe] }],
      output: {
        'what happened to it': [
          { payload: [{ email: jane.email, subject: 'Your order 1042', status: 'delivered' }] },
        ],
      },
    },
  ],
  'template-over-get': [
    {
      press: 'send a template',
      mails: [
        {
          operation: 'sendTemplateGet',
          templateId: 'welcome',
          subject: 'Welcome',
          recipients: [jane],
          xUniqueId: null,
        },
      ],
      output: { sent: [sent] },
    },
  ],
  'template-with-dynamic-values': [
    {
      press: 'send a template',
      mails: [
        {
          operation: 'sendTemplate',
          templateId: 'welcome',
          subject: 'Welcome, Jane',
          from: shop,
          recipients: [janeDoe],
          html: '<h1>Welcome, Jane</h1><p>We will write to you at jane@example.com.</p>',
        },
      ],
      output: { sent: [sent] },
    },
  ],
};
