import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareType, typeOf, withExtension } from '../../../shared/form/fileTypes';

describe('the name of a file', () => {
  for (const [name, type, expected] of [
    ['data', 'application/pdf', 'data.pdf'],
    ['data', 'TEXT/CSV; charset=utf-8', 'data.csv'],
    ['data.', 'image/png', 'data.png'],
    ['Rechnung Nr. 5', 'application/pdf', 'Rechnung Nr. 5.pdf'],
    ['.profile', 'text/plain', '.profile.txt'],
  ] as const)
    it(`gets the extension of its type where it has none: ${name}`, () =>
      assert.equal(withExtension(name, type), expected));

  for (const [name, type] of [
    ['invoice.pdf', 'application/pdf'],
    ['invoice.pdf', 'text/plain'],
    ['archive.tar.gz', 'application/pdf'],
    ['отчёт.док', 'application/pdf'],
    ['program.c++', 'text/plain'],
  ] as const)
    it(`stays as it is with an extension: ${name}, ${type}`, () =>
      assert.equal(withExtension(name, type), name));

  for (const type of ['application/octet-stream', 'Application/Octet-Stream; x=y', 'x/unheard-of', ''])
    it(`stays as it is where its type has no extension: “${type}”`, () =>
      assert.equal(withExtension('LICENSE', type), 'LICENSE'));
});

describe('a MIME type', () => {
  for (const [type, expected] of [
    ['image/png', 'image/png'],
    ['image/png; name=x.png', 'image/png'],
    ['image/svg+xml;charset=utf-8;a=b', 'image/svg+xml'],
    [' IMAGE/PNG ', 'image/png'],
    ['', ''],
  ] as const)
    it(`is read without its parameters: “${type}”`, () => assert.equal(bareType(type), expected));
});

describe('the type of a file', () => {
  it('follows from its name', () => assert.equal(typeOf('a.pdf'), 'application/pdf'));

  for (const name of ['a', 'a.unknown', '', undefined, 42, { length: 1 }])
    it(`is that of any file where the name says none: ${JSON.stringify(name)}`, () =>
      assert.equal(typeOf(name), 'application/octet-stream'));
});
