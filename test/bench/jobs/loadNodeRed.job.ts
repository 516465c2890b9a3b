/** What Node-RED needs to load one pack, by its own registry. */
import { createRequire } from 'node:module';
import { installInto, launch } from '../../support/nodeRed';
import { answer } from './answer';
import { startMeter } from './meter';

interface Registry {
  addModule(name: string): Promise<unknown>;
  getModuleInfo(name: string): { nodes: { types: string[]; err?: string }[] } | null;
}

answer(async ({ name, pack }: { name: string; pack: string }) => {
  const { userDir, stop: stopNodeRed } = await launch({}, {});
  await installInto(userDir, name, pack);
  const registry = createRequire(`${process.env.NODE_RED_HOST}/package.json`)(
    '@node-red/registry',
  ) as Registry;
  const stop = startMeter();
  await registry.addModule(name);
  const spent = await stop();
  const nodes = registry.getModuleInfo(name)?.nodes ?? [];
  if (!nodes.some(({ types, err }) => types.length > 0 && !err))
    throw new Error(`Node-RED has loaded no node of ${name}`);
  await stopNodeRed();
  return spent;
});
