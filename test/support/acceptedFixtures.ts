import type { OperationName } from '../../shared/generated/types';
import type { FormValues } from '../../shared/model';

const content = {
  fromEmail: 'shop@example.com',
  subject: 'Your order',
  text: 'Thank you',
  xUniqueId: 'order-1042',
};

/** Values as people and flows write them, which the core makes one request of. */
export const accepted: Readonly<Record<string, { name: OperationName; values: FormValues }>> = {
  'a sender with a name, and blanks around texts': {
    name: 'sendMail',
    values: {
      ...content,
      fromEmail: ' Example Shop <shop@exämple.de> ',
      to: ' jane@example.com,\r\n "Doe,\r\n John" <john@example.com>\n',
      subject: ' Your\r\n order \n',
      xUniqueId: 'order-1042\n',
      smtpUserName: ' smtp-sandbox ',
      customHeaders: { 'X-Campaign': ' spring\r\n sale ' },
    },
  },
  'recipients in lists and objects, some of them twice': {
    name: 'sendMail',
    values: {
      ...content,
      fromEmail: { address: 'shop@example.com', name: 'Shop' },
      to: [null, ['jane@example.com', ''], { address: 'john@example.com', name: 'John' }],
      cc: {
        value: [
          { address: 'JANE@example.com', name: 'Jane' },
          { address: 'team@example.com', name: '' },
        ],
      },
      bcc: '["team@example.com", {"email": "archive@example.com"}]',
      replyTo: ['help@example.com', { name: 'Doe, J.', address: 'j@example.com' }],
    },
  },
  'a copy without a recipient, in a thread': {
    name: 'sendTemplate',
    values: {
      templateId: 'welcome',
      xUniqueId: 'order-1042',
      to: ' ',
      bcc: 'archive@example.com',
      subject: ' ',
      fromName: 'Shop',
      fromEmail: 'Other <shop@example.com>',
      replyTo: 'a@example.com; B <b@example.com>',
      inReplyTo: '1@example.com',
      references: ['<0@example.com>', '1@example.com'],
    },
  },
  'names beside the addresses of a call without a place for them': {
    name: 'sendTemplateGet',
    values: {
      templateId: ' welcome ',
      fromEmail: 'Shop <shop@example.com>',
      to: [{ name: 'Jane', address: 'jane@example.com' }],
      subject: 'Welcome\n',
    },
  },
};
