import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrepareOptions } from '../../../shared/request/prepare';
import { operations } from '../../../shared/generated/operations';
import { readSendSettings } from '../../../shared/form/readSettings';
import { settingFields } from '../../../shared/form/settings';
import { queued, simulatedService } from '../../support/transport';

/** Prepares an email with this HTML and images of these names. */
function prepare(html: string, ...names: string[]): void {
  prepareWith({}, html, ...names);
}

function prepareWith(options: PrepareOptions, html: string, ...names: string[]): void {
  const images = names.map((name) => ({ type: 'image/png', name, content: '' }));
  const message = { to: [{ email: 'jane@example.com' }], html, images };
  const { client } = simulatedService(() => queued);
  client.prepare('sendMail', { smtp_user_name: 'smtp1', message }, options);
}

describe('inline images', () => {
  const shown = [
    '<img src="cid:logo">',
    "<img alt='x' src='cid:logo'>",
    '<img src=cid:logo>',
    '<td background="CID:logo">',
    '<div style="background:url(cid:logo)">',
    '<img alt=""src=" cid:logo">',
    '<!--[if mso]><v:fill src="cid:logo"/><![endif]-->',
    '<div style="background:url(\'cid:logo\')">',
    '<img alt="a > b" src="cid:logo">',
    "<img title='<b>' alt='x>y' src='cid:logo'/>",
    '<IMG\n  SRC\n  =\n  "cid:logo">',
    '<video poster="cid:logo"></video>',
    '<img srcset="https://example.com/a.png 1x, cid:logo 2x">',
    '<div style="background:url(&quot;cid:logo&quot;)">',
    '<div style="background:URL(\\63 id:logo)">',
    '<div style="background:image-set(\'cid:logo\' 1x)">',
    '<style>td > p { background: url(cid:logo) }</style>',
    '<style>a::after { content: "<b>" } b { background: url("cid:logo") }',
    '<svg><rect fill="url(cid:logo)"/></svg>',
    '<p title="1 < 2"><img src="&#99;id:logo">',
    '<img src="cid&colon;logo">',
    '<!--[if gte mso 9]><style>p { background: url(cid:logo) }</style><![endif]-->',
    '<!--[if !mso]><!--><img src="cid:logo"><!--<![endif]-->',
    '<textarea></textarea><img src="cid:logo">',
  ];
  for (const html of shown) it(`are shown by ${html}`, () => prepare(html, 'logo'));

  it('have names that HTML may encode', () => prepare('<img src="cid:a%2Bb&amp;c">', 'a+b&c'));

  it('have names with apostrophes', () => prepare(`<img src="cid:it's">`, "it's"));

  it('have names that no encoding makes', () => prepare('<img src="cid:100%">', '100%'));

  it('may have spaces around their names in the HTML', () => {
    prepare('<img src=" cid: logo ">', 'logo');
    prepare('<div style="background:url( cid:logo )">', 'logo');
    prepare('<div style="background:url( \' cid:logo\')">', 'logo');
  });

  it('must each be shown', () => {
    assert.throws(() => prepare('<img src="cid:a">', 'a', 'b'), {
      kind: 'validation',
      path: 'images[1].name',
      fate: 'notSent',
      message:
        'Inline Images, name of the second image is not used: show the image in the HTML with <img src="cid:b">',
    });
    assert.throws(() => prepare('no tag at all', 'a'), { path: 'images[0].name' });
  });

  it('are named in the error no longer than a sentence can hold', () => {
    assert.throws(
      () => prepare(`<img src="cid:${'a'.repeat(1000)}%0d%0a">`),
      (error: Error) => error.message.length < 190 && !/[\r\n]/.test(error.message),
    );
  });

  it('must be there for all that is shown', () => {
    assert.throws(() => prepare('<img src="cid:a"><img src="cid:b">', 'a'), {
      kind: 'validation',
      fate: 'notSent',
      path: 'html',
      message:
        /shows the image cid:b, which is not among the inline images \(see the option Missing Inline Images\)$/,
    });
  });

  it('may be missing where a person says so, such as in an email that is forwarded', () => {
    prepareWith({ missingImages: 'send' }, '<img src="cid:a"><img src="cid:b">', 'a');
    const unused = () => prepareWith({ missingImages: 'send' }, '<img src="cid:a">', 'b');
    assert.throws(unused, { path: 'images[0].name', message: /is not used/ });
    const report = () => prepareWith({ missingImages: 'report' }, '<img src="cid:a">');
    assert.throws(report, { path: 'html' });
  });

  it('are asked about where HTML can show them', () => {
    const asks = (name: keyof typeof operations) =>
      settingFields(operations[name], 'n8n').some((field) => field.name === 'missingImages');
    assert.ok(asks('sendMail'));
    for (const name of ['sendTemplate', 'sendTemplateGet', 'getMessageInfo'] as const) assert.ok(!asks(name));
    for (const missingImages of ['send', 'report'])
      assert.equal(readSendSettings({ missingImages }).missingImages, missingImages);
    for (const missingImages of [undefined, null, ''])
      assert.equal(readSendSettings({ missingImages }).missingImages, 'report');
    assert.throws(() => readSendSettings({ missingImages: 'yes' }), {
      kind: 'validation',
      path: 'missingImages',
      message: /must be one of report, send, got "yes"$/,
    });
  });

  const meaningless = [
    '<!-- <img src="cid:old"> -->',
    '<!--[if mso]><!-- <img src="cid:old"> --><![endif]-->',
    '<p>acid: cid:fake (cid:fake) src="cid:fake" url(cid:fake)</p>',
    '<a href="https://example.com/?id=cid:x">x</a>',
    '<img alt="cid:old" title="cid:old" src="https://example.com/a.png">',
    '<textarea><img src="cid:old"></textarea>',
    '<style>/* url(cid:old) */ p { margin: 0 }</style>',
    '<div style="/* url(cid:old) */">',
    '<p>unclosed <img src="cid:old"',
    '<img src="https://example.com/a.png" src="cid:old">',
    '</p src="cid:old">',
    '<b/>url(cid:old)<style></style>url(cid:old)',
  ];
  for (const html of meaningless) it(`are not meant by ${html}`, () => prepare(html));
});
