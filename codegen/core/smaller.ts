import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { entityList, type EntityLibrary } from './entityList';
import { listOf, type MimeTypes } from './mimeTypes';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Has libraries import something from the generated module that they share. */
function shared(filter: RegExp, module: string): Plugin {
  return {
    name: `shared ${module}`,
    setup(bundle) {
      bundle.onResolve({ filter }, () => ({ path: `./${module}.js`, external: true }));
    },
  };
}

/** What several libraries need, by the generated module that has it. */
export const sharedModules: Readonly<Record<string, Plugin>> = {
  entities: shared(/^entities(?:\/decode)?$/, 'entities'),
  punycode: shared(/^punycode\.js$|\/punycode\//, 'punycode'),
  addressParser: shared(/\/addressparser\//, 'addressParser'),
};

/** Leaves out what reads files, addresses and streams, and types of files, for which there is a library of its own. */
export const withoutNode: Plugin = {
  name: 'without Node.js',
  setup(bundle) {
    bundle.onResolve({ filter: /^node:|\/fetch\/|\/mime-types\.js$/ }, ({ path }) => ({
      path,
      namespace: 'nothing',
      sideEffects: false,
    }));
    bundle.onLoad({ filter: /^/, namespace: 'nothing' }, () => ({
      contents: 'module.exports = { Transform: class {}, PassThrough: class {} };',
    }));
  },
};

/** Methods of nodemailer's MimeNode that write whole emails; its headers need none of them. */
const unused = [
  ...[
    'replace',
    'remove',
    'addHeader',
    'setContent',
    'build',
    'createReadStream',
    'transform',
    'processFunc',
  ],
  ...['stream', 'setEnvelope', 'getAddresses', 'getEnvelope', 'setRaw', '_accessDisabled'],
  ...['_destroyContentStreams', '_takeStreamContent', '_getStream', '_parseEnvelopeAddresses'],
];

/** Leaves out those methods, and with them all that only they use. */
export const withoutStreams: Plugin = {
  name: 'without streams',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]mime-node[\\/]index\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const name of unused) {
        const method = new RegExp(String.raw`^ {4}${name}\(.*\) \{\n(?: {5,}.*\n|\n)* {4}\}\n`, 'm');
        if (!method.test(contents)) throw new Error(`nodemailer's MimeNode has no method ${name} any more`);
        contents = contents.replace(method, '');
      }
      return { contents };
    });
  },
};

/** Has the tree of entities made of a list, and so the tables of MIME types. */
export const shortTables: Plugin = {
  name: 'short tables',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]decode-data-html\.js$/ }, async ({ path }) => {
      const decoder = pathToFileURL(join(dirname(path), '../decode.js')).href;
      const list = entityList((await import(decoder)) as EntityLibrary);
      return made('htmlDecodeTree', 'treeOf', './entityTree', list);
    });
    bundle.onLoad({ filter: /[\\/]mime[\\/]dist[\\/]types[\\/]\w+\.js$/ }, async ({ path }) => {
      const types = (await import(pathToFileURL(path).href)) as { default: MimeTypes };
      return made('default', 'typesOf', './mimeTypes', listOf(types.default));
    });
  },
};

function made(name: string, by: string, from: string, list: string) {
  return {
    contents: `import { ${by} } from '${from}';\nconst made = /* @__PURE__ */ ${by}(${JSON.stringify(list)});\nexport { made as ${name} };`,
    resolveDir: here,
  };
}
