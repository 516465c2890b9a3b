/** What n8n needs to load one pack, by its own loader. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answer } from './answer';
import { startMeter } from './meter';

interface Loader {
  PackageDirectoryLoader: new (folder: string) => { loadAll(): Promise<void>; nodeTypes: object };
}

answer(async ({ host, pack }: { host: string; pack: string }) => {
  const require = createRequire(join(host, 'package.json'));
  require('reflect-metadata');
  const { PackageDirectoryLoader } = require('n8n-core') as Loader;
  require('n8n-workflow');
  const loader = new PackageDirectoryLoader(pack);
  const stop = startMeter();
  await loader.loadAll();
  const spent = await stop();
  if (Object.keys(loader.nodeTypes).length === 0) throw new Error(`n8n has loaded no node of ${pack}`);
  return spent;
});
