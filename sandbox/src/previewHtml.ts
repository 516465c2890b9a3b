import { withImageAddresses } from '../../shared/request/imageReferences';
import { wireMail } from './mail';
import type { Message } from './records';
import { readTags, type Tag } from './tags';

/**
 * HTML whose links open in a new tab.
 * @param addressOf what a link leads to instead of its http or https address
 */
export function withLinks(html: string, addressOf: (url: string, index: number) => string): string {
  const links = readTags(html).tags.filter(isLink);
  const parts: string[] = [];
  let copied = 0;
  links.forEach((link, index) => {
    // Of two attributes with one name, the first counts: these are put before the tag's own.
    parts.push(
      html.slice(copied, link.nameEnd),
      attributesOf(target(link), (url) => addressOf(url, index)),
    );
    copied = link.nameEnd;
  });
  return [...parts, html.slice(copied)].join('');
}

function attributesOf(url: string, addressOf: (url: string) => string): string {
  // A link to a place in the email itself works as it is.
  if (url.startsWith('#')) return ' target="_self"';
  const isWeb = webAddress(url) !== undefined;
  if (isWeb || otherPrograms.test(url)) {
    return ` target="_blank" rel="noopener noreferrer" href="${escaped(isWeb ? addressOf(url) : url)}"`;
  }
  return ` target="_self" href="#" title="${escaped(`No email program opens this link: ${url}`)}"`;
}

const otherPrograms = /^(?:mailto|tel|sms):/i;

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Where the link at this index leads to, among all links of the HTML; undefined where it is none to the web. */
export function linkAt(html: string, index: number): string | undefined {
  const link = readTags(html).tags.filter(isLink)[index];
  return link && webAddress(target(link));
}

function isLink({ name, attributes }: Tag): boolean {
  return (name === 'a' || name === 'area') && (attributes.has('href') || attributes.has('xlink:href'));
}

function target({ attributes }: Tag): string {
  return (attributes.get('href') ?? attributes.get('xlink:href') ?? '').trim();
}

function webAddress(url: string): string | undefined {
  if (!/^(?:https?:)?\/\//i.test(url)) return undefined;
  const address = url.startsWith('//') ? `https:${url}` : url;
  return URL.canParse(address) ? new URL(address).href : undefined;
}

const remote = /^\s*(?:https?:)?\/\//i;
const remoteInStyle = /(?:url\(\s*["']?|["'])(?:https?:)?\/\//i;

/** Whether HTML shows images that a reader's mail client would load from elsewhere. */
export function hasRemoteImages(html: string): boolean {
  const { tags, styles } = readTags(html);
  return styles.some((style) => remoteInStyle.test(style)) || tags.some(showsRemoteImage);
}

function showsRemoteImage({ name, attributes }: Tag): boolean {
  const isImage = name === 'img' || name === 'source' || name === 'input';
  const urls = [
    ...(isImage ? [attributes.get('src'), ...(attributes.get('srcset') ?? '').split(',')] : []),
    attributes.get('background'),
    attributes.get('poster'),
  ];
  return urls.some((url) => remote.test(url ?? '')) || remoteInStyle.test(attributes.get('style') ?? '');
}

/** The HTML of a message with its `cid:` references replaced by the images themselves. */
export function withImages({ request }: Message, html: string): string {
  const images = new Map((wireMail(request).images ?? []).map((image) => [image.name, image]));
  return withImageAddresses(html, (id) => {
    const image = images.get(id);
    const [type] = /^[\w/.+-]*/.exec(image?.type ?? '') ?? [];
    return image && `data:${type};base64,${image.content}`;
  });
}
