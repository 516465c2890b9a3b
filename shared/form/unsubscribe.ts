import { entriesOf } from './entries';
import { invalid } from '../errors';
import { emailAddress } from '../generated/validators';
import type { Field, Operation } from '../model';
import { pathOf, valueAt, withValue } from '../paths';
import { shown } from '../quote';
import { recipientsOf } from '../request/recipientList';
import { phrase } from '../phrase';

/** What stands for the address of the recipient. */
const placeholder = '{{email}}';

/** The same as people may write it. */
export const recipientPlaceholder = /\{\{\s*email\s*\}\}/gi;

/**
 * The headers by which email apps let a recipient unsubscribe, from addresses and URLs in a text, a list or a header:
 * `List-Unsubscribe` (RFC 2369), and for a URL the one by which a click is enough (RFC 8058).
 * @throws SendCleanError of kind `validation` for what is neither.
 */
export function toUnsubscribe(field: Field, value: unknown): object | undefined {
  const links = entriesOf(value).flatMap((entry) => (typeof entry === 'string' ? linksIn(entry) : [entry]));
  const wrong = links.find((link) => !isLink(link));
  if (wrong !== undefined)
    throw invalid(
      pathOf(field.path),
      phrase`must be an email address, a URL that begins with https://, or both, got ${shown(wrong)}`,
    );
  if (links.length === 0) return undefined;
  const [header = ''] = [field.path.at(-1)];
  const isOneClick = links.some((link) => isUrl(String(link)));
  return {
    [header]: links.map((link) => `<${String(link)}>`).join(', '),
    ...(isOneClick && { [`${header}-Post`]: `${header}=One-Click` }),
  };
}

/** The links in a text, with commas or blanks between them. A comma before anything else is part of a URL. */
function linksIn(text: string): string[] {
  const words = text.replaceAll(recipientPlaceholder, placeholder).replaceAll(/[<>]/g, ' ').split(/\s/);
  return words.flatMap(linksInWord).map((link) => (isAddress(link) ? `mailto:${link}` : escaped(link)));
}

function linksInWord(word: string): string[] {
  const links: string[] = [];
  let between = '';
  for (const part of word.split(/([,;])/)) {
    const isBegin = links.length === 0 || /^(?:https?:|mailto:)/i.test(part) || isAddress(part);
    if (part === ',' || part === ';') between += part;
    else if (part === '') continue;
    else {
      if (isBegin) links.push(part);
      else links.push(`${links.pop() ?? ''}${between}${part}`);
      between = '';
    }
  }
  return links;
}

/** A header holds ASCII only. */
function escaped(link: string): string {
  return link.replaceAll(/[^\x21-\x7e]/gu, (sign) =>
    encodeURIComponent(/\p{Surrogate}/u.test(sign) ? '\ufffd' : sign),
  );
}

function isLink(link: unknown): boolean {
  return typeof link === 'string' && (isUrl(link) || isMailto(link));
}

function isUrl(link: string): boolean {
  return /^https:\/\//i.test(link) && URL.canParse(withExample(link));
}

function isMailto(link: string): boolean {
  return /^mailto:/i.test(link) && isAddress(link.slice('mailto:'.length));
}

/** An address, perhaps with a subject as mailto: URLs have it. */
function isAddress(link: string): boolean {
  const [address = ''] = link.split('?', 1);
  return emailAddress(withExample(address));
}

function withExample(link: string): string {
  return link.replaceAll(placeholder, 'jane');
}

/** The header of a request in which `{{email}}` stands for the recipient, and its field. */
function personal({ fields }: Operation, request: object): { field: Field; header: string } | undefined {
  const field = fields.find(({ kind }) => kind === 'unsubscribe');
  const header = field && valueAt(request, field.path);
  return field && typeof header === 'string' && header.includes(placeholder) ? { field, header } : undefined;
}

/** A request to one recipient, with their address where `{{email}}` is, encoded as URLs need it. */
export function withUnsubscribeOf<Request extends object>(
  operation: Operation,
  request: Request,
  email: string,
): Request {
  const own = personal(operation, request);
  return own
    ? withValue(request, own.field.path, own.header.replaceAll(placeholder, encodeURIComponent(email)))
    : request;
}

/**
 * A request whose `{{email}}`, if there is one, is the only recipient.
 * @throws SendCleanError of kind `validation` where there are others, who would get the link of the first.
 */
export function withOnlyUnsubscribe<Request extends object>(operation: Operation, request: Request): Request {
  const own = personal(operation, request);
  const [recipient, ...others] = recipientsOf(operation, request) ?? [];
  if (!own || !recipient) return request;
  if (others.length > 0)
    throw invalid(
      pathOf(own.field.path),
      phrase`has ${placeholder}, which is somebody else for each recipient: send a separate email to each`,
    );
  return withUnsubscribeOf(operation, request, String(recipient.email));
}
