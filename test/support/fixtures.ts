import type { OperationName } from '../../shared/generated/types';
import type { FormValues } from '../../shared/model';
import type { BinaryInput } from './n8nEngine';

/** What a person enters, by the names of the fields, free of any host; files stand apart. */
export interface Fixture {
  values: FormValues;
  /** Files of the `attachments` and `images` fields, by the name that they have in the flow. */
  files: Partial<Record<'attachments' | 'images', Record<string, Required<BinaryInput>>>>;
}

/** A picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const message = {
  fromEmail: 'shop@example.com',
  fromName: 'Example Shop – Grüße',
  to: '"Doe, John" <john@example.com>; jane@example.com',
  subject: 'Your order №\u00a01042 🎉',
  cc: 'team@example.com',
  bcc: 'archive@example.com',
  replyTo: 'support@example.com',
  unsubscribe: 'leave@example.com, https://example.com/unsubscribe?from=orders',
  priority: 'high',
  xUniqueId: 'order-1042',
  trackOpens: true,
  trackClicks: 'both',
  autoText: false,
  trackingDomain: 'track.example.com',
  customHeaders: { 'X-Campaign': 'spring “sale”' },
};

const files: Fixture['files'] = {
  attachments: {
    invoice: {
      bytes: Buffer.from([0, 255, 10, 13, 128, 37]),
      fileName: 'Rechnung “1042”.pdf',
      mimeType: 'application/pdf',
    },
    terms: { bytes: Buffer.from('Terms\n'), fileName: 'terms.txt', mimeType: 'text/plain' },
  },
  images: { logo: { bytes: pixel, fileName: 'logo.png', mimeType: 'image/png' } },
};

/** What is entered for a call that manages the account. */
const entered = (values: FormValues = {}): Fixture => ({ values, files: {} });

const webhook = { url: 'https://example.com/events', event: ['hard_bounce', 'spam'], description: 'Bounces' };

/** One fixture for each operation, with as many of its fields as go together. */
export const fixtures: Readonly<Record<OperationName, Fixture>> = {
  sendMail: {
    values: { ...message, html: '<p>Thank you, <img src="cid:logo"> &amp; goodbye</p>', text: 'Thank you' },
    files,
  },
  sendTemplate: {
    values: {
      ...message,
      templateId: 'welcome',
      dynamicValues: { NAME: 'Jane "J" Roe', Email: 'jane@example.com' },
    },
    files,
  },
  sendTemplateGet: {
    values: {
      templateId: 'welcome',
      fromEmail: 'shop@example.com',
      to: 'jane+orders@example.com',
      subject: 'Grüße & more = fun?',
      dynamicValues: { NAME: 'Jane & John', 'First name': 'ü' },
    },
    files: {},
  },
  getMessageInfo: entered({ xUniqueId: 'order-1042' }),
  viewUserDetail: entered(),
  listSmtp: entered(),
  addSmtp: entered({ totalLimit: 200, hourlyLimit: 20 }),
  editSmtp: entered({ smtpUserName: 'smtps456546', totalLimit: 5000, hourlyLimit: 500, status: 'Enable' }),
  resetSmtpPassword: entered({ smtpUserName: 'smtps456546' }),
  listSendingDomain: entered(),
  addSendingDomain: entered({ domain: 'new.example.com' }),
  checkSendingDomain: entered({ domain: 'example.com' }),
  verifySendingDomain: entered({ domain: 'example.com', mailbox: 'john.doe+dns' }),
  deleteSendingDomain: entered({ domain: 'example.com' }),
  listTrackingDomain: entered(),
  addTrackingDomain: entered({ domain: 'links.example.com' }),
  checkTrackingDomain: entered({ domain: 'track.example.com' }),
  deleteTrackingDomain: entered({ domain: 'track.example.com' }),
  listWebhook: entered(),
  getWebhookInfo: entered({ webhookId: '424353445757557577457' }),
  addWebhook: entered({ ...webhook, storeLog: 'Enable' }),
  editWebhook: entered({ ...webhook, webhookId: '424353445757557577457' }),
  keyResetWebhook: entered({ webhookId: '424353445757557577457' }),
  deleteWebhook: entered({ webhookId: '424353445757557577457' }),
};
