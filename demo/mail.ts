import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The email of the demo, the same in both hosts. */
export const mail = {
  from: 'shop@example.com',
  fromName: 'Example Shop',
  to: '"Doe, Jane" <jane@example.com>',
  cc: 'accounting@example.com',
  subject: 'Your order 1042',
  html: '<h1>Thank you, Jane</h1><p>Your invoice is attached. <b>See you soon!</b></p>',
};

/** The file that is attached. */
export const invoice = {
  name: 'invoice-1042.pdf',
  type: 'application/pdf',
  path: join(import.meta.dirname, 'invoice.pdf'),
  bytes: readFileSync(join(import.meta.dirname, 'invoice.pdf')),
};
