/** Markdown as the plain text beside its HTML, for email apps that do not show HTML. */
import type { Token } from '../generated/libraries/markdown';
import { createIndentedText, type IndentedText } from './indentedText';
import { inlineText } from './inlineText';
import { withoutTags } from './withoutTags';

/** A list whose items are being read. */
interface List {
  /** What is in front of its next item: a dash, or a number. */
  mark: '-' | number;
  /** Whether there are no blank lines between its items. */
  isTight: boolean;
  hasItems: boolean;
}

/** What has been read of a document. */
interface Reading {
  text: IndentedText;
  lists: List[];
  /** The cells of a table that has not ended, by its rows. */
  rows: string[][] | undefined;
}

/** The words that the HTML of these tokens shows, with the addresses of links behind them. */
export function toPlainText(tokens: readonly Token[]): string {
  const tight = tightLists(tokens);
  const reading: Reading = { text: createIndentedText(), lists: [], rows: undefined };
  for (const [index, token] of tokens.entries()) {
    const isTight = tight.has(token);
    readers[token.type]?.(reading, token, { isTight, parent: tokens[index - 1] });
  }
  return reading.text.end();
}

/** What is known of a token from those around it. */
interface Around {
  isTight: boolean;
  /** The token before it, which is the block of a line of text. */
  parent: Token | undefined;
}

type Reader = (reading: Reading, token: Token, around: Around) => void;

const endOfList: Reader = ({ text, lists }) => {
  lists.pop();
  text.separate();
};

const code: Reader = ({ text }, { content }) =>
  text.write(linesOf(content.replace(/\n$/, '')).map((line) => `    ${line}`));

/** How the tokens of each type are read; others have no text of their own. */
const readers: Readonly<Record<string, Reader>> = {
  bullet_list_open: ({ lists }, _token, { isTight }) => lists.push({ mark: '-', isTight, hasItems: false }),
  ordered_list_open: ({ lists }, token, { isTight }) =>
    lists.push({ mark: Number(token.attrGet('start') ?? 1), isTight, hasItems: false }),
  bullet_list_close: endOfList,
  ordered_list_close: endOfList,
  list_item_open({ text, lists }) {
    const list = lists.at(-1);
    if (!list) return;
    const mark = list.mark === '-' ? '- ' : `${list.mark++}. `;
    if (list.isTight && list.hasItems) text.join();
    list.hasItems = true;
    text.indent(mark, ' '.repeat(mark.length));
  },
  list_item_close: ({ text }) => text.outdent(),
  blockquote_open: ({ text }) => text.indent('> ', '> '),
  blockquote_close: ({ text }) => text.outdent(),
  table_open: (reading) => (reading.rows = []),
  tr_open: ({ rows }) => rows?.push([]),
  table_close(reading) {
    reading.text.write(tableLines(reading.rows ?? []));
    reading.rows = undefined;
  },
  inline({ text, rows }, token, { parent }) {
    const own = inlineText(token.children ?? []);
    const row = rows?.at(-1);
    if (row) row.push(oneLine(own));
    else if (parent?.type === 'heading_open') text.write(headingLines(oneLine(own), parent.tag));
    else text.write(linesOf(own));
    // The library hides the tags of paragraphs that have no blank lines around them.
    if (parent?.hidden) text.join();
  },
  fence: code,
  code_block: code,
  html_block: ({ text }, { content }) => text.write(linesOf(withoutTags(content))),
  hr: ({ text }) => text.write(['-'.repeat(10)]),
};

/** The lists that hold paragraphs without tags, which is how the library says that there are no blank lines. */
function tightLists(tokens: readonly Token[]): Set<Token> {
  const tight = new Set<Token>();
  const open: Token[] = [];
  for (const token of tokens) {
    const innermost = open.at(-1);
    if (token.type.endsWith('_list_open')) open.push(token);
    else if (token.type.endsWith('_list_close')) open.pop();
    else if (token.type === 'paragraph_open' && token.hidden && innermost) tight.add(innermost);
  }
  return tight;
}

const rules: Readonly<Record<string, string>> = { h1: '=', h2: '-' };

/** The line under a heading is as long as the heading, and as a line usually is. */
function headingLines(heading: string, tag: string): string[] {
  const rule = rules[tag]?.repeat(Math.min(heading.length, 72));
  return rule ? [heading, rule] : [heading];
}

/** How wide cells are filled up with blanks: a long one would widen all others of its column. */
const widest = 40;

function tableLines([head = [], ...rows]: readonly string[][]): string[] {
  const widths = head.map((cell) => cell.length);
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  const filled = widths.map((width) => Math.min(width, widest));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(filled[column] ?? 0)).join(' | ');
  return [line(head), filled.map((width) => '-'.repeat(width)).join('-|-'), ...rows.map(line)];
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
