import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesIn } from './licence';
import { sharedModules, shortTables, withoutNode, withoutStreams } from './smaller';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A library that the core uses, bundled so that neither pack needs it at run time. */
interface Library {
  /** Name of the generated module. */
  module: string;
  code: string;
  /** The package whose dependency it is, if it is none of ours. */
  of?: string;
  /** None where only other libraries use it. */
  types?: string;
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
    module: 'mimeNode',
    code: `export { default } from 'nodemailer/lib/mime-node';
export { encode, wrap } from 'nodemailer/lib/qp';`,
    types: `/** A part of an email, or all of it. */
export default class MimeNode {
  constructor(contentType: string, options: { baseBoundary: string; keepBcc?: boolean });
  createChild(contentType: string, options: { baseBoundary: string; filename?: string }): MimeNode;
  /** Sets a header, whose value is encoded as it needs to be. */
  setHeader(name: string, value: string | object): this;
  /** The headers of this part by RFC 5322, folded, with the boundary of those that it holds. */
  buildHeaders(): string;
  /** Between the parts that it holds, once the headers are built. */
  boundary: string;
}

/** Quoted-printable text (RFC 2045, 6.7), in one line for each of the text. */
export function encode(text: string): string;

/** The same with lines that are as short as they must be. */
export function wrap(encoded: string, length: number): string;
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
    // Its tables are large, so that the libraries that need them share them.
    module: 'entities',
    code: `export { DecodingMode, EntityDecoder, decodeHTMLStrict, htmlDecodeTree, xmlDecodeTree } from 'entities/decode';`,
    of: 'htmlparser2',
  },
  {
    module: 'punycode',
    code: `export { default, toASCII, toUnicode } from 'punycode.js';`,
    of: 'markdown-it',
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
  {
    module: 'markdown',
    code: `export { default } from 'markdown-it';`,
    types: `/** One piece of a document. Blocks come in pairs that open and close, with what they hold between them. */
export interface Token {
  /** Such as \`paragraph_open\`. */
  type: string;
  tag: string;
  /** 1: opens, -1: closes, 0: does neither. */
  nesting: 1 | 0 | -1;
  /** The pieces of a line of text, and those of the text beside an image. */
  children: Token[] | null;
  content: string;
  /** Whether it has no tag, as a paragraph in a list without blank lines. */
  hidden: boolean;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

type Rule = (tokens: Token[], index: number, options: object, env: object, renderer: object) => string;

/** Reads Markdown by CommonMark (https://spec.commonmark.org), with tables, strikethrough and bare URLs. */
export default class MarkdownIt {
  constructor(options: { html?: boolean; linkify?: boolean; xhtmlOut?: boolean; maxNesting?: number });
  linkify: { set(options: { fuzzyLink: boolean; fuzzyEmail: boolean; fuzzyIP: boolean }): void };
  options: object;
  parse(markdown: string, env: object): Token[];
  renderer: {
    rules: Record<string, Rule>;
    render(tokens: Token[], options: object, env: object): string;
  };
}
`,
  },
];

/** The generated modules of the bundled libraries: file name → source. */
export async function librarySources(): Promise<[string, string][]> {
  const sources = await Promise.all(
    libraries.map(async ({ module, code, of, types }): Promise<[string, string][]> => {
      const bundle = await build({
        stdin: { contents: code, resolveDir: of ? folderOf(of) : here, loader: 'js' },
        plugins: [
          ...Object.entries(sharedModules).flatMap(([name, plugin]) => (name === module ? [] : [plugin])),
          ...(module === 'mimeNode' ? [withoutNode, withoutStreams] : []),
          shortTables,
        ],
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'neutral',
        mainFields: ['module', 'main'],
        conditions: ['import'],
        legalComments: 'inline',
        // n8n lets no code of a node speak of these; whoever asks whether they are there does without.
        define: { globalThis: 'undefined', setImmediate: 'undefined' },
      });
      const inputs = Object.values(bundle.metafile.outputs).flatMap((output) =>
        Object.entries(output.inputs),
      );
      const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
      const folders = packagesOf(used);
      const source = `${await licencesIn(folders)}\n\n${bundle.outputFiles[0]!.text}`;
      return [
        [`libraries/${module}.js`, source],
        ...(types ? [[`libraries/${module}.d.ts`, types] satisfies [string, string]] : []),
      ];
    }),
  );
  return sources.flat();
}

/** A folder from which the dependencies of a package are found. */
function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(name));
}

/** The folders of the packages that files belong to: what is bundled may need packages of its own. */
function packagesOf(files: string[]): string[] {
  const folders = files.flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []);
  return [...new Set(folders)].map((folder) => resolve(folder)).sort();
}
