import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderMarkdown } from '../../../shared/form/markdown';

const htmlOf = (...lines: string[]) => renderMarkdown(lines.join('\n'), false).html.split('\n').slice(1, -2);

const code = 'font-family:Menlo,Consolas,monospace;font-size:14px;color:#222;background-color:#f4f4f4';
const block = `margin:0 0 16px;padding:12px;white-space:pre-wrap;${code}`;
const paragraph = '<p style="margin:0 0 16px">';

describe('Markdown in an email app that drops style sheets', () => {
  it('has its styles in its tags, within one for all of it', () => {
    const { html } = renderMarkdown('Hi', false);
    const all = 'font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5';
    assert.equal(html, `<div style="${all}">\n${paragraph}Hi</p>\n</div>\n`);
    assert.equal(renderMarkdown('', false).html, '');
  });

  it('has headings of six sizes', () => {
    const sizes = [28, 24, 20, 16, 14, 13];
    const lines = sizes.map((_, index) => `${'#'.repeat(index + 1)} A`);
    assert.deepEqual(
      htmlOf(...lines),
      sizes.map((size, index) => {
        const tag = `h${index + 1}`;
        return `<${tag} style="line-height:1.25;margin:24px 0 12px;font-size:${size}px">A</${tag}>`;
      }),
    );
  });

  it('has less space around a list within a list', () => {
    const outer = 'margin:0 0 16px;padding:0 0 0 28px';
    const inner = 'margin:4px 0 0;padding:0 0 0 28px';
    const item = '<li style="margin:0 0 4px">';
    assert.deepEqual(htmlOf('- a', '- b', '  - c', '  1. d', '', '1. e'), [
      `<ul style="${outer}">`,
      `${item}a</li>`,
      `${item}b`,
      `<ul style="${inner}">`,
      `${item}c</li>`,
      '</ul>',
      `<ol style="${inner}">`,
      `${item}d</li>`,
      '</ol>',
      '</li>',
      '</ul>',
      `<ol style="${outer}">`,
      `${item}e</li>`,
      '</ol>',
    ]);
  });

  it('has code on a ground of its own, in lines and in blocks', () => {
    assert.deepEqual(htmlOf('`in`', '', '    one', '', '```js', 'two', '```'), [
      `${paragraph}<code style="${code}">in</code></p>`,
      `<pre style="${block}"><code>one`,
      '</code></pre>',
      `<pre style="${block}"><code style="${code}" class="language-js">two`,
      '</code></pre>',
    ]);
  });

  it('has quotes, links, images and rules, and leaves what apps keep', () => {
    assert.deepEqual(htmlOf('> q', '', '**b** [l](https://a.example) ![p](cid:x)', '', '---'), [
      '<blockquote style="margin:0 0 16px;padding:0 0 0 16px;border-left:4px solid #bbb">',
      `${paragraph}q</p>`,
      '</blockquote>',
      `${paragraph}<strong>b</strong> <a href="https://a.example" style="color:#1a6fdb;text-decoration:underline">l</a> <img src="cid:x" alt="p" style="max-width:100%;height:auto;border:0" /></p>`,
      '<hr style="margin:24px 0;border:0;border-top:1px solid #bbb" />',
    ]);
  });

  it('has tables whose columns keep their alignment', () => {
    const cell = 'padding:6px 12px;border:1px solid #bbb';
    const table = htmlOf('| h | r |', '|---|--:|', '| 1 | 2 |');
    assert.equal(table[0], '<table style="margin:0 0 16px;border-collapse:collapse">');
    assert.deepEqual(
      table.filter((line) => /<t[hd] /.test(line)),
      [
        `<th style="${cell};text-align:left">h</th>`,
        `<th style="${cell};text-align:left;text-align:right">r</th>`,
        `<td style="${cell}">1</td>`,
        `<td style="${cell};text-align:right">2</td>`,
      ],
    );
  });

  it('has links of URLs, and none of what may be a file or an address', () => {
    const [shown = ''] = htmlOf('https://a.example a.example jane@example.com 127.0.0.1');
    assert.deepEqual(
      [...shown.matchAll(/href="(.*?)"/g)].map(([, href]) => href),
      ['https://a.example'],
    );
  });
});
