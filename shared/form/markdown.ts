/** Markdown as HTML that email apps show as it is meant: they drop style sheets, so that each tag has its own styles. */
import MarkdownIt, { type Token } from '../generated/libraries/markdown';
import { toPlainText } from './markdownText';

/** What an email says, in both of its forms. */
export interface Rendered {
  html: string;
  /** For email apps that do not show HTML. */
  text: string;
}

/** Colours come in pairs, because some email apps change only one of them in a dark scheme. */
const shaded = 'color:#222;background-color:#f4f4f4';
const monospace = 'font-family:Menlo,Consolas,monospace;font-size:14px';
const heading = 'line-height:1.25;margin:24px 0 12px;font-size:';
const cell = 'padding:6px 12px;border:1px solid #bbb';

const styles: Readonly<Record<string, string>> = {
  p: 'margin:0 0 16px',
  h1: `${heading}28px`,
  h2: `${heading}24px`,
  h3: `${heading}20px`,
  h4: `${heading}16px`,
  h5: `${heading}14px`,
  h6: `${heading}13px`,
  ul: 'margin:0 0 16px;padding:0 0 0 28px',
  ol: 'margin:0 0 16px;padding:0 0 0 28px',
  li: 'margin:0 0 4px',
  blockquote: 'margin:0 0 16px;padding:0 0 0 16px;border-left:4px solid #bbb',
  table: 'margin:0 0 16px;border-collapse:collapse',
  th: `${cell};text-align:left`,
  td: cell,
  a: 'color:#1a6fdb;text-decoration:underline',
  img: 'max-width:100%;height:auto;border:0',
  hr: 'margin:24px 0;border:0;border-top:1px solid #bbb',
  code: `${monospace};${shaded}`,
};

const nestedList = 'margin:4px 0 0;padding:0 0 0 28px';
const body = 'font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5';
const block = `margin:0 0 16px;padding:12px;white-space:pre-wrap;${monospace};${shaded}`;

/**
 * Renders Markdown by CommonMark, with tables, strikethrough and links of bare URLs. The time grows with its length.
 * @param allowsHtml whether its HTML tags are HTML; otherwise they show as they are written.
 */
export function renderMarkdown(markdown: string, allowsHtml: boolean): Rendered {
  const reader = allowsHtml ? withHtml : withoutHtml;
  const tokens = reader.parse(markdown, {});
  const text = toPlainText(tokens);
  style(tokens);
  const html = reader.renderer.render(tokens, reader.options, {});
  return { html: html && `<div style="${body}">\n${html}</div>\n`, text };
}

const withHtml = createReader(true);
const withoutHtml = createReader(false);

function createReader(html: boolean): MarkdownIt {
  const reader = new MarkdownIt({ html, linkify: true, xhtmlOut: true });
  // An address that has no scheme may be a file name, and email apps find those that are addresses themselves.
  reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  const { rules } = reader.renderer;
  for (const name of ['fence', 'code_block']) {
    const render = rules[name]!;
    rules[name] = (...given) => render(...given).replace('<pre>', `<pre style="${block}">`);
  }
  return reader;
}

/** Gives tags their styles. The alignment of a column, which is a style already, comes last and counts. */
function style(tokens: readonly Token[]): void {
  let items = 0;
  for (const token of tokens) {
    const { tag, type, nesting } = token;
    if (tag === 'li') items += nesting;
    const isNested = items > 0 && (tag === 'ul' || tag === 'ol');
    const own = nesting < 0 || type === 'code_block' ? undefined : isNested ? nestedList : styles[tag];
    if (own) token.attrSet('style', [own, token.attrGet('style') ?? []].flat().join(';'));
    if (type === 'inline') style(token.children ?? []);
  }
}
