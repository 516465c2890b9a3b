import type { Token } from '../generated/libraries/markdown';

/** The plain text of what is within a paragraph, a heading or a cell of Markdown. */
export function inlineText(tokens: readonly Token[]): string {
  const parts: string[] = [];
  let link = { href: '', start: 0 };
  for (const token of tokens) {
    const { type, content, children } = token;
    if (type === 'softbreak' || type === 'hardbreak') parts.push('\n');
    else if (type === 'html_inline') parts.push(/^<br\b/i.test(content) ? '\n' : '');
    else if (type === 'image') parts.push(imageText(inlineText(children ?? [])));
    // Without its marks, what is struck through would read as what is valid.
    else if (type === 's_open' || type === 's_close') parts.push('~~');
    else if (type === 'link_open') link = { href: token.attrGet('href') ?? '', start: parts.length };
    else if (type === 'link_close') parts.push(addressBehind(parts.slice(link.start).join(''), link.href));
    else parts.push(content);
  }
  return parts.join('');
}

function imageText(alternative: string): string {
  return alternative && `[${alternative}]`;
}

/** What is written behind the words of a link: nothing if they are its address. */
function addressBehind(words: string, href: string): string {
  if (words === '') return href;
  const isAddress = [words, `mailto:${words}`].some((one) => one === href || one === decoded(href));
  return isAddress || href === '' ? '' : ` (${href})`;
}

function decoded(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}
