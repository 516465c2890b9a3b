import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { before, describe, it } from 'node:test';
import mime from 'mime';
import otherTypes from 'mime/types/other.js';
import standardTypes from 'mime/types/standard.js';
import { entityList, type EntityLibrary } from '../../../codegen/core/entityList';
import { treeOf } from '../../../codegen/core/entityTree';
import { listOf, typesOf } from '../../../codegen/core/mimeTypes';
import ownMime from '../../../shared/generated/libraries/mime';

interface Library extends EntityLibrary {
  EntityDecoder: new (
    tree: Uint16Array,
    found: (codePoint: number, length: number) => void,
  ) => { startEntity(mode: number): void; write(input: string, offset: number): number; end(): number };
  DecodingMode: { Legacy: number; Strict: number; Attribute: number };
}

const fromHere = createRequire(import.meta.url);

describe('the tree of entities that is made of a list', () => {
  let library: Library;
  before(async () => {
    const path = createRequire(fromHere.resolve('htmlparser2')).resolve('entities/decode');
    library = (await import(pathToFileURL(path).href)) as Library;
  });

  /** What the library's reader finds in a tree, all of it. */
  function found(tree: Uint16Array, text: string, mode: number): unknown {
    const characters: number[][] = [];
    const decoder = new library.EntityDecoder(tree, (...one) => characters.push(one));
    decoder.startEntity(mode);
    const length = decoder.write(text, 0);
    return [characters, length, length < 0 && decoder.end(), characters];
  }

  it('reads every name as the library does, with and without a semicolon, cut short and followed by others', () => {
    const list = entityList(library);
    const names = list
      .split(' ')
      .flatMap((entity) => entity.replaceAll('!', '').split('.').at(-1)!.split(','));
    assert.equal(names.length, 2125);
    const tree = treeOf(list);
    const modes = Object.values(library.DecodingMode).filter((mode) => typeof mode === 'number');
    for (const name of names)
      for (const start of [name, name.slice(0, -1), name.slice(0, -2)])
        for (const text of ['', ';', ' ', '=', 'a', 'Z1;'].map((end) => start + end))
          for (const mode of modes)
            assert.deepEqual(
              found(tree, text, mode),
              found(library.htmlDecodeTree, text, mode),
              `&${text} in mode ${mode}`,
            );
  });
});

describe('the tables of MIME types that are made of a list', () => {
  it('are those of the library', () => {
    for (const types of [standardTypes, otherTypes]) assert.deepEqual(typesOf(listOf(types)), { ...types });
  });

  it('give every extension its type, and every type its extension', () => {
    for (const [type, extensions] of Object.entries({ ...standardTypes, ...otherTypes })) {
      assert.equal(ownMime.getExtension(type), mime.getExtension(type));
      for (const extension of extensions) assert.equal(ownMime.getType(extension), mime.getType(extension));
    }
  });
});
