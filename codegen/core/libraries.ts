import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesIn } from './licence';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A library that the core uses, bundled so that neither pack needs it at run time. */
interface Library {
  /** Name of the generated module. */
  module: string;
  code: string;
  types: string;
}

const libraries: Library[] = [
  {
    module: 'addressParser',
    code: `export { default } from 'nodemailer/lib/addressparser';`,
    types: `export interface Address {
  name: string;
  address: string;
}

/** Reads a list of recipients by RFC 5322, commas or semicolons between them, groups taken apart. */
export default function parse(list: string, options: { flatten: true }): Address[];
`,
  },
  {
    module: 'mime',
    code: `export { default } from 'mime';`,
    types: `declare const mime: {
  /** The MIME type of a file name or an extension, null when it is not known. */
  getType(fileName: string): string | null;
  /** The usual extension of a MIME type, without a dot; null when it is not known. */
  getExtension(type: string): string | null;
};
export default mime;
`,
  },
  {
    module: 'htmlTokenizer',
    code: `export { Tokenizer } from 'htmlparser2';`,
    types: `/** Told what is where: \`start\` and \`end\` are indexes in the HTML, the end exclusive. */
export interface TokenizerCallbacks {
  onopentagname(start: number, end: number): void;
  onattribname(start: number, end: number): void;
  /** Part of a value, as it is written. */
  onattribdata(start: number, end: number): void;
  /** A character of a value that is written as an entity. */
  onattribentity(codePoint: number): void;
  /** The end of a value; \`end\` is that of its last character, or of the name where there is no value. */
  onattribend(quote: number, end: number): void;
  /** \`end\` is the index of \`>\`. */
  onopentagend(end: number): void;
  onselfclosingtag(end: number): void;
  onclosetag(start: number, end: number): void;
  ontext(start: number, end: number): void;
  ontextentity(codePoint: number): void;
  /** \`surplus\` is how many characters before \`end\` are no longer the comment's own. */
  oncomment(start: number, end: number, surplus: number): void;
  oncdata(start: number, end: number, surplus: number): void;
  ondeclaration(start: number, end: number): void;
  onprocessinginstruction(start: number, end: number): void;
  onend(): void;
}

/** Splits HTML as browsers do (https://html.spec.whatwg.org/multipage/parsing.html#tokenization). */
export class Tokenizer {
  constructor(options: object, callbacks: TokenizerCallbacks);
  write(html: string): void;
  end(): void;
}
`,
  },
  {
    module: 'cssTokenizer',
    code: `export { tokenize } from '@csstools/css-tokenizer';`,
    types: `/**
 * The tokens of CSS (https://www.w3.org/TR/css-syntax-3/#tokenization): type, source, indexes of the first and the
 * last character, and what the type adds, such as the value of a string or a URL without its escapes.
 */
export type CssToken = [type: string, source: string, first: number, last: number, more?: { value: unknown }];

export function tokenize(input: { css: string }): CssToken[];
`,
  },
];

/** The generated modules of the bundled libraries: file name → source. */
export async function librarySources(): Promise<[string, string][]> {
  const sources = await Promise.all(
    libraries.map(async ({ module, code, types }): Promise<[string, string][]> => {
      const bundle = await build({
        stdin: { contents: code, resolveDir: here, loader: 'js' },
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'neutral',
        mainFields: ['module', 'main'],
        conditions: ['import'],
        legalComments: 'inline',
        // n8n lets no code of a node speak of it; whoever asks whether it is there does without.
        define: { globalThis: 'undefined' },
      });
      const folders = packagesOf(Object.keys(bundle.metafile.inputs));
      const source = `${await licencesIn(folders)}\n\n${bundle.outputFiles[0]!.text}`;
      return [
        [`libraries/${module}.js`, source],
        [`libraries/${module}.d.ts`, types],
      ];
    }),
  );
  return sources.flat();
}

/** The folders of the packages that files belong to: what is bundled may need packages of its own. */
function packagesOf(files: string[]): string[] {
  const folders = files.flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []);
  return [...new Set(folders)].map((folder) => resolve(folder)).sort();
}
