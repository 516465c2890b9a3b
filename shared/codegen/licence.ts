import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The licences of packages that are bundled, as a comment that bundlers keep. */
export async function licences(packages: string[]): Promise<string> {
  const texts = packages.map(async (name) => {
    const manifest = require.resolve(`${name}/package.json`);
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    const licence = await readFile(join(dirname(manifest), 'LICENSE'), 'utf8');
    return `/*!\n${name} ${version}\n\n${licence.trim().replaceAll('*/', '* /')}\n*/`;
  });
  return (await Promise.all(texts)).join('\n');
}
