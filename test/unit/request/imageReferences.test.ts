import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentIds, withImageAddresses } from '../../../shared/request/imageReferences';

const addresses: Record<string, string> = { logo: 'data:image/png;base64,AA==', 'a+b&c': '/a?x&y' };
const shown = (html: string) => withImageAddresses(html, (id) => addresses[id]);

describe('the images that HTML shows', () => {
  it('are each found once, in the order of the HTML', () => {
    const html = '<img src="cid:b"><td style="background:url(cid:a)"><img src="cid:b"><img src="cid:c">';
    assert.deepEqual([...contentIds(html)], ['b', 'a', 'c']);
    assert.deepEqual([...contentIds('')], []);
  });

  const replaced = [
    ['<img alt="a > b" src="cid:logo">', '<img alt="a > b" src="data:image/png;base64,AA==">'],
    ["<img src = ' cid:logo ' alt='x'>", '<img src = " data:image/png;base64,AA== " alt=\'x\'>'],
    ['<img src=cid:logo>', '<img src="data:image/png;base64,AA==">'],
    ['<img src="cid:a%2Bb&amp;c">', '<img src="/a?x&amp;y">'],
    [
      '<td style="background: url( &quot;cid:logo&quot; ), url(cid:other)">',
      '<td style="background: url( &quot;data:image/png;base64,AA==&quot; ), url(cid:other)">',
    ],
    [
      '<td style="background: url( cid:logo )">',
      '<td style="background: url( data:image/png;base64,AA== )">',
    ],
    [
      '<img srcset="cid:logo, cid:other 2x,cid:logo 3x">',
      '<img srcset="data:image/png;base64,AA==, cid:other 2x,data:image/png;base64,AA== 3x">',
    ],
    [
      '<style>p > b { background: url("cid:logo") }</style><p>cid:logo</p>',
      '<style>p > b { background: url("data:image/png;base64,AA==") }</style><p>cid:logo</p>',
    ],
    [
      '<hr hidden><img hidden src="cid:logo"/>é',
      '<hr hidden><img hidden src="data:image/png;base64,AA=="/>é',
    ],
  ];
  for (const [html = '', expected] of replaced)
    it(`get their addresses in ${html}`, () => assert.equal(shown(html), expected));

  it('leave everything else of the HTML as it is', () => {
    for (const html of [
      '<img src="cid:other">',
      '<!-- <img src="cid:logo"> -->',
      "<p a='\"'>&lt;cid:logo",
      '',
    ])
      assert.equal(shown(html), html);
  });
});
