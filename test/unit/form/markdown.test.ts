import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tests } from 'commonmark-spec';
import { renderMarkdown } from '../../../shared/form/markdown';
import { withoutTags } from '../../../shared/form/withoutTags';

const withTabs = (text: string) => text.replaceAll('→', '\t');
const examples = tests.map((one) => ({ ...one, markdown: withTabs(one.markdown), html: withTabs(one.html) }));

/** HTML without what is ours: the styles, and the element around all of it. */
const plain = (html: string) => html.replaceAll(/ style="[^"]*"|^<div[^>]*>\n|<\/div>\n$/g, '');

/** Where we differ from the specification. */
const ours: Readonly<Record<string, readonly number[]>> = {
  'bare URLs are links': [602, 608, 611],
  'an empty quote has no line break in it': [218, 239, 240],
};

describe('Markdown is what CommonMark has it to be', () => {
  const known = new Set(Object.values(ours).flat());
  for (const section of new Set(examples.map((one) => one.section)))
    it(section, () => {
      for (const { number, markdown, html } of examples.filter((one) => one.section === section)) {
        const rendered = plain(renderMarkdown(markdown, true).html);
        if (known.has(number)) assert.notEqual(rendered, html, `example ${number}`);
        else assert.equal(rendered, html, `example ${number}`);
      }
    });
});

describe('the plain text of Markdown', () => {
  const text = (...lines: string[]) => renderMarkdown(lines.join('\n'), false).text;

  for (const allowsHtml of [false, true])
    it(`says all that the HTML says, in its order: HTML is ${allowsHtml ? 'allowed' : 'shown as text'}`, () => {
      for (const { number, markdown } of examples) {
        const said = renderMarkdown(markdown, allowsHtml);
        const letters = [...withoutTags(said.html)].filter((one) => /\S/.test(one));
        let at = 0;
        for (const letter of letters) {
          at = said.text.indexOf(letter, at) + 1;
          assert.notEqual(at, 0, `example ${number}: ${JSON.stringify([said, letter])}`);
        }
      }
    });

  it('has headings, paragraphs and rules', () => {
    assert.equal(
      text('# Your *order*', 'Thank you.', '## 1042', '### Next', '---'),
      'Your order\n==========\n\nThank you.\n\n1042\n----\n\nNext\n\n----------\n',
    );
  });

  it('has addresses behind links, unless the words are the address', () => {
    const links = '[shop](https://a.example/?a=1&b=2), https://b.example/ä, <jane@example.com>, [](/c)';
    assert.equal(
      text(links),
      'shop (https://a.example/?a=1&b=2), https://b.example/ä, jane@example.com, /c\n',
    );
  });

  it('has the words that stand for images', () => {
    assert.equal(text('![Our *logo*](cid:logo)![](cid:line)'), '[Our logo]\n');
  });

  it('keeps the marks of what is struck through, which would read as valid otherwise', () => {
    assert.equal(text('~~50~~ **40** EUR'), '~~50~~ 40 EUR\n');
  });

  it('has lists with and without blank lines between their items', () => {
    assert.equal(
      text('Buy:', '- pens', '  3. red', '  4. blue', '- paper', '', '1) one', '', '2) two', '   more'),
      'Buy:\n\n- pens\n  3. red\n  4. blue\n- paper\n\n1. one\n\n2. two\n   more\n',
    );
    assert.equal(text('- a', '  - b', '', '    c', '- d'), '- a\n  - b\n\n    c\n- d\n');
    assert.equal(text('- - a', '- ', '- b'), '- - a\n-\n- b\n');
  });

  it('has quotes within quotes and lists', () => {
    assert.equal(text('> a', 'b', '> > c', '>', '> - d'), '> a\n> b\n>\n> > c\n>\n> - d\n');
  });

  it('has code as it is', () => {
    assert.equal(text('a', '```js', 'if (a) {', '', '  b();', '```'), 'a\n\n    if (a) {\n\n      b();\n');
  });

  it('has tables with columns as wide as their cells, up to a limit', () => {
    assert.equal(
      text('| Item | Price |', '|---|--:|', '| Pen | 3 |', '| Paper, white |'),
      'Item         | Price\n-------------|------\nPen          | 3\nPaper, white |\n',
    );
    const wide = 'a'.repeat(1000);
    assert.ok(text('|a|b|', '|-|-|', `|${wide}|c|`, '|d|e|').length < 1200);
  });

  it('has the words of HTML that is allowed', () => {
    const html = '<div>Hi <b>Jane</b>,<br>x &amp; y<style>p{}</style></div>\n\nBye<br>now <i>!</i>';
    assert.equal(renderMarkdown(html, true).text, 'Hi Jane,\nx & y\n\nBye\nnow !\n');
  });

  it('does not become long where Markdown nests deeply', () => {
    for (const mark of ['> ', '- ', '1. ']) {
      const deep = `${mark.repeat(90)}${'a\n'.repeat(1000)}`;
      assert.ok(text(deep).length < 30 * deep.length);
    }
  });
});

describe('the HTML of Markdown', () => {
  const html = (...lines: string[]) => renderMarkdown(lines.join('\n'), false).html;

  const styled = {
    h1: '# a',
    h6: '###### a',
    p: 'a',
    ul: '- a',
    ol: '1. a',
    li: '- a',
    blockquote: '> a',
    table: '|a|\n|-|',
    th: '|a|\n|-|',
    td: '|a|\n|-|\n|b|',
    a: '[a](b)',
    img: '![a](cid:a)',
    hr: '---',
    code: '`a`',
    pre: '```\na\n```',
  };
  for (const [tag, markdown] of Object.entries(styled))
    it(`has the styles of <${tag}> in the tag, as email apps drop style sheets`, () => {
      assert.match(html(markdown), new RegExp(`<${tag} (?:[a-z]+="[^"]*" )*style="[^"]+"`));
    });

  it('has the style of a block of code also where that is indented', () => {
    assert.match(html('    a'), /<pre style="[^"]+"><code>a\n/);
  });

  it('keeps the alignment of columns', () => {
    const cells = html('|a|b|', '|:-:|--:|').match(/text-align:\w+"/g);
    assert.deepEqual(cells, ['text-align:center"', 'text-align:right"']);
  });

  it('has inline images', () => {
    assert.match(html('![Logo](cid:logo "Our logo")'), /<img src="cid:logo" alt="Logo" title="Our logo" /);
  });

  it('shows tags as text', () => {
    const written = html('<script>alert(1)</script>', '', 'a <b>c</b>', '', '`<i>`', '', '<!-- x -->');
    assert.doesNotMatch(written, /<(?:script|b|i|!)/);
    assert.match(written, /a &lt;b&gt;c&lt;\/b&gt;/);
  });

  for (const address of [
    'javascript:alert(1)',
    'JAVASCRIPT:a',
    'vbscript:a',
    'file:///a',
    'data:text/html,a',
  ])
    it(`has no link to ${address}`, () => {
      assert.doesNotMatch(html(`[a](${address})`, '', `<${address}>`, '', `![a](${address})`), /<a |<img /);
    });

  it('has no quote of an attribute that ends it', () => {
    assert.doesNotMatch(
      html('![a" onerror="b](c" onerror="d \'" onerror="e\')', '', '``` a" onclick="b'),
      /" on/,
    );
  });

  it('is nothing where there is nothing', () => {
    for (const nothing of ['', ' \n ', '[a]: /b'])
      assert.deepEqual(renderMarkdown(nothing, false), { html: '', text: '' });
  });

  it('may be of a megabyte', () => {
    const markdown = '# Order\n\n- **one** [two](https://a.example)\n\n| a | b |\n|---|---|\n| c | d |\n\n';
    const rendered = renderMarkdown(markdown.repeat(1_000_000 / markdown.length), false);
    assert.ok(rendered.text.length > 500_000);
  });
});
