import { z as zod3 } from 'zod';
import { z as zod4 } from 'zod/v4';

/** What both versions of zod share. */
type Zod = typeof zod3;

const address =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const domainName = /^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;

/** The request of Send Mail as somebody would write it for zod: the same fields with the same rules. */
function sendMail(z: Zod) {
  const line = z.string().regex(/^[^\r\n]*$/);
  const email = z.string().max(254).regex(address);
  const yesNo = z.enum(['yes', 'no']).optional();
  const domain = z.string().regex(domainName).optional();
  const type = z.enum(['to', 'cc', 'bcc']).optional();
  const recipient = z.object({ email, name: line.optional(), type }).strict();
  const headers = z
    .object({
      'Reply-To': line.optional(),
      'X-Unique-Id': line.min(1).max(255).optional(),
      'X-STes-TrackOpen': yesNo,
      'X-STes-TrackClick': z.enum(['html', 'text', 'both', 'no']).optional(),
      'X-STes-Autotext': yesNo,
      'X-STes-AutoHtml': yesNo,
      'X-STes-TrackingDomain': domain,
      'X-STes-SigningDomain': domain,
      'X-STes-ReturnPathDomain': domain,
    })
    .catchall(line);
  const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
  const mime = z.string().regex(/^[\w.+!#$&^-]+\/[\w.+!#$&^-]+( *;[^\r\n]*)?$/);
  const file = z.object({ type: mime, name: line.min(1), content: base64 }).strict();
  const message = z
    .object({
      from_email: email.optional(),
      from_name: line.optional(),
      to: z.array(recipient).min(1),
      subject: line.optional(),
      html: z.string().optional(),
      text: z.string().optional(),
      headers: headers.optional(),
      attachments: z.array(file).optional(),
      images: z.array(file).optional(),
    })
    .strict()
    .refine(({ html, text }) => html !== undefined || text !== undefined);
  return z.object({ smtp_user_name: line.min(1), message }).strict();
}

interface Schema {
  safeParse(value: unknown): { success: boolean };
}

const four: object = zod4;

export const zodSchemas: Record<'zod 3' | 'zod 4', Schema> = {
  'zod 3': sendMail(zod3),
  'zod 4': sendMail(four as Zod),
};
