import { createRequire } from 'node:module';
import type { Address, ParsedMail } from './mailServer';
import { fromSmtp, type SentMail } from './sentMail';

const { simpleParser } = createRequire(import.meta.url)('mailparser') as {
  simpleParser(source: Buffer, options: object): Promise<ParsedMail & { bcc?: { value: Address[] } }>;
};

/** The email in a `preview.eml`, as an email program reads it. */
export async function fromEml(eml: Buffer, headers: readonly string[] = []): Promise<SentMail> {
  const mail = await simpleParser(eml, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    keepCidLinks: true,
  });
  const envelopeTo = [mail.to, mail.cc, mail.bcc].flatMap((one) => one?.value ?? []);
  const found = fromSmtp({ envelopeTo: envelopeTo.map(({ address }) => address), mail }, headers);
  return { ...found, text: found.text || undefined };
}
