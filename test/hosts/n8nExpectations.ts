import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const invoice = readFileSync(join(import.meta.dirname, '../../demo/invoice.pdf'));

/** What an example comes to when it runs. */
export interface Expectation {
  /** The emails that reach the sandbox, in their order; of each the properties that matter, whole. */
  mails: readonly object[];
  /** What the run comes to, if it does not succeed at once. */
  status?: 'success' | 'waiting';
  /** What nodes put out at the end, by their names; of each item the fields that matter, whole. */
  output?: Record<string, readonly object[]>;
}

const shop = { email: 'shop@example.com', name: 'Example Shop' };
const jane = { email: 'jane@example.com', type: 'to' };
const template = { operation: 'sendTemplate', templateId: 'welcome', from: shop, recipients: [jane] };
const filled = '<h1>Welcome, Jane Doe</h1><p>We will write to you at jane@example.com.</p>';
const newsletter = { operation: 'sendMail', subject: 'News of November' };

/** By the names of the files in `examples/n8n`. */
export const expectations: Record<string, Expectation> = {
  'ai-agent-writes-an-email': {
    mails: [
      {
        subject: 'Your order 1042 is ready',
        from: shop,
        recipients: [{ ...jane, name: 'Jane Doe' }],
        text: 'Your order 1042 is ready from Monday.\n',
      },
    ],
  },
  // What its reader answers is tested in n8nApproval.test.ts.
  'approve-by-email': {
    status: 'waiting',
    mails: [
      { subject: 'Please approve order 1042', recipients: [{ email: 'manager@example.com', type: 'to' }] },
    ],
  },
  'delivery-check-after-an-hour': {
    mails: [{ subject: 'Your password was changed', recipients: [jane] }],
    output: { 'Note Delivery': [{ email: 'jane@example.com', opens: 0 }], 'Tell the Team': [] },
  },
  'domain-check-every-morning': { mails: [], output: { 'What Is Wrong': [] } },
  'smtp-user-for-a-customer': {
    mails: [],
    output: { 'Without the Password': [{ customer: 'customer-1042' }] },
  },
  'error-branch': {
    mails: [{ subject: 'Your parcel is on its way', recipients: [jane] }],
    output: {
      'What Failed': [
        {
          failed: [
            {
              customer: 'Bob Roe',
              email: 'bob@',
              reason: 'To, first recipient must be an email address, got "bob@"',
            },
          ],
        },
      ],
      'Perhaps Sent': [],
    },
  },
  'inline-logo': {
    mails: [
      {
        subject: 'Your table is reserved',
        recipients: [jane],
        attachments: [],
        images: [
          {
            name: 'logo',
            type: 'image/png',
            size: 153,
            sha256: '314fa30657ba0e3521a0dbb6c9f4b1da1b3614235df8aaaee0c96b88a841f931',
          },
        ],
      },
    ],
  },
  'newsletter-one-mail-per-recipient': {
    mails: [
      { ...newsletter, recipients: [{ ...jane, name: 'Jane Doe' }] },
      { ...newsletter, recipients: [{ email: 'john@example.com', name: 'John Smith', type: 'to' }] },
      { ...newsletter, recipients: [{ email: 'asa@example.com', name: 'Grüner, Åsa', type: 'to' }] },
      { ...newsletter, recipients: [{ email: 'info@example.org', type: 'to' }] },
    ],
    output: {
      'Send Mail': ['jane@example.com', 'john@example.com', 'asa@example.com', 'info@example.org'].map(
        (email) => ({ status: 'success', email }),
      ),
    },
  },
  'order-confirmation-with-pdf': {
    mails: [
      {
        subject: 'Your order 1042',
        from: shop,
        recipients: [{ ...jane, name: 'Jane Doe' }],
        xUniqueId: 'order-1042',
        html: '<h1>Thank you, Jane Doe</h1>\n<p>We have received your order 1042 over 249.00 EUR. Your invoice is attached.</p>',
        attachments: [
          {
            type: 'application/pdf',
            name: 'invoice-1042.pdf',
            size: invoice.length,
            sha256: createHash('sha256').update(invoice).digest('hex'),
          },
        ],
      },
    ],
  },
  'template-with-dynamic-values': {
    mails: [
      { ...template, subject: 'Welcome, Jane Doe', html: filled },
      { ...template, subject: 'Good to have you here, Jane Doe', html: filled },
    ],
  },
};
