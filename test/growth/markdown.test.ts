/** Markdown takes time in proportion to its length, and so do the HTML and the text that come of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderMarkdown } from '../../shared/form/markdown';
import { withoutTags } from '../../shared/form/withoutTags';
import { assertInProportion } from './growth';
import { texts } from './hostile';

/** What Markdown parsers stumble over, repeated. */
const pieces = [
  ...['*', '**a', '*a ', '_a', '***a', '~~a', '`', '``a`', '```\n', '~~~\n', '\\', '\\[', '  \n', 'a\\\n'],
  ...['[', '![', '[a](', '[a](b', '![a](', '](', '[]', '[a]: b\n', '[a][b]', '[x](<', '[x]("', '<http://a>'],
  ...['> ', '>\n', '- ', '- a\n', '-\n', '1. ', '1. a\n ', '> - ', '# a\n', '#', '=\n', 'a\n=\n', '    a\n'],
  ...['|', '|a|\n|-|\n', 'a|', '<', '<a b=', '<!--', '<![CDATA[', '&amp;', '&#', '\t', '\0'],
  ...['http://', 'http://a.b ', 'https://a/*', 'https://a/(', 'mailto:a@', 'a@b.co '],
];

const part = (text: string, length: number) => text.repeat(Math.ceil(length / text.length));

/** What is worse than repetition. */
const shapes: Readonly<Record<string, (length: number) => string>> = {
  'links that end': (length) => `${part('[', length / 2)}${part('](a)', length / 2)}`,
  'images that end': (length) => `${part('![', length / 2)}${part('](a)', length / 2)}`,
  'emphasis that ends': (length) => `${part('*a ', length / 2)}${part('b* ', length / 2)}`,
  'lines of deep quotes': (length) => `${part('> ', 200)}${part('a\n', length)}`,
  'lines of deep lists': (length) => `${part('- ', 200)}${part('a\n', length)}`,
  'quotes that get deeper': (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, depth) => `${'>'.repeat(depth)}a`).join('\n'),
  'lists that get deeper': (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
  'runs of backticks': (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, count) => `${'`'.repeat(count)}a`).join(''),
  'a table of many columns': (length) =>
    `${part('|a', length / 8)}|\n${part('|-', length / 8)}|\n${part('a\n', length / 2)}`,
  'a wide cell over many rows': (length) =>
    `|a|b|\n|-|-|\n|${'a'.repeat(length / 2)}|b|\n${part('c\n', length / 2)}`,
  references: (length) =>
    Array.from({ length: length / 20 }, (_, index) => `[r${index}]: /u\n\n[r${index}]`).join('\n\n'),
};

const hostile = {
  ...texts,
  ...Object.fromEntries(pieces.map((one) => [JSON.stringify(one), (length: number) => part(one, length)])),
  ...shapes,
};

/** How much longer than Markdown its forms may be: a sign may be a tag with its style, and a mark for each line. */
const most = { html: 120, text: 30 };

/** What is filled up in rows that are shorter than the table's head, which the library limits. */
const filledUp = 65_536 * 60;

for (const allowsHtml of [false, true])
  describe(`Markdown takes time in proportion to its length, HTML ${allowsHtml ? 'allowed' : 'shown as text'}`, () => {
    for (const [name, make] of Object.entries(hostile))
      it(name, async () => {
        await assertInProportion(120_000, make, (markdown) => renderMarkdown(markdown, allowsHtml));
        const markdown = make(20_000);
        const { html, text } = renderMarkdown(markdown, allowsHtml);
        assert.ok(html.length < most.html * markdown.length + filledUp);
        assert.ok(text.length < most.text * markdown.length);
      });
  });

describe('HTML takes time in proportion to its length to give its words', () => {
  for (const [name, make] of Object.entries(texts))
    it(name, () => assertInProportion(480_000, make, withoutTags));
});
