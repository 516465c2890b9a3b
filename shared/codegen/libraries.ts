import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licences } from './licence';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A library that the core uses, bundled so that neither pack needs it at run time. */
interface Library {
  /** The package that is bundled. */
  package: string;
  /** Name of the generated module. */
  module: string;
  code: string;
  types: string;
}

const libraries: Library[] = [
  {
    package: 'nodemailer',
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
    package: 'mime',
    module: 'mime',
    code: `export { default } from 'mime';`,
    types: `declare const mime: {
  /** The MIME type of a file name or an extension, null when it is not known. */
  getType(fileName: string): string | null;
  /** Extension for a MIME type, without the dot. */
  getExtension(type: string): string | null;
};
export default mime;
`,
  },
];

/** The generated modules of the bundled libraries: file name → source. */
export async function librarySources(): Promise<[string, string][]> {
  const sources = await Promise.all(
    libraries.map(async ({ package: name, module, code, types }): Promise<[string, string][]> => {
      const bundle = await build({
        stdin: { contents: code, resolveDir: here, loader: 'js' },
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'neutral',
        mainFields: ['module', 'main'],
        conditions: ['import'],
        legalComments: 'inline',
        banner: { js: await licences([name]) },
      });
      return [
        [`libraries/${module}.js`, bundle.outputFiles[0]!.text],
        [`libraries/${module}.d.ts`, types],
      ];
    }),
  );
  return sources.flat();
}
