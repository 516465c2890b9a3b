import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { queued, simulatedService } from '../support/transport';

/** Prepares a mail with this HTML and images of these names. */
function prepare(html: string, ...names: string[]): void {
  const images = names.map((name) => ({ type: 'image/png', name, content: '' }));
  const message = { to: [{ email: 'jane@example.com' }], html, images };
  simulatedService(() => queued).client.prepare('sendMail', { smtp_user_name: 'smtp1', message });
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
      (error: Error) => error.message.length < 160 && !/[\r\n]/.test(error.message),
    );
  });

  it('must be there for all that is shown', () => {
    assert.throws(() => prepare('<img src="cid:a"><img src="cid:b">', 'a'), {
      message: 'HTML shows the image cid:b, which is not among the inline images',
    });
  });

  it('are looked for in little time, however odd the HTML is', () => {
    prepare('<!--'.repeat(200_000));
    prepare('<a'.repeat(200_000));
  });

  it('are not meant by comments, by text, or by pages elsewhere', () => {
    prepare(
      '<!-- <img src="cid:old"> --><p>acid: cid:fake (cid:fake) src="cid:fake"</p><a href="https://example.com/?id=cid:x">x</a>',
    );
  });
});
