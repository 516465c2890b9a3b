import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The licences of packages that are bundled, by their names, as a comment that bundlers keep. */
export async function licences(packages: string[]): Promise<string> {
  return await licencesIn(packages.map((name) => dirname(require.resolve(`${name}/package.json`))));
}

/** The same for packages in these folders. */
export async function licencesIn(folders: string[]): Promise<string> {
  const texts = folders.map(async (folder) => {
    const manifest = await readFile(join(folder, 'package.json'), 'utf8');
    const { name, version } = JSON.parse(manifest) as { name: string; version: string };
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} has no licence in its folder`);
    const licence = await readFile(join(folder, file), 'utf8');
    return `/*!\n${name} ${version}\n\n${licence.trim().replaceAll('*/', '* /')}\n*/`;
  });
  return (await Promise.all(texts)).join('\n');
}
