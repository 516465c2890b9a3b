import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { root } from '../support/tarball';

const folder = join(root, 'build/bench');

/** Nodes of the benchmark's own, for n8n to load. */
export const nodesFolder = join(folder, 'nodes');

/** Bundles what runs in processes of its own, so that nothing of the benchmark's tools is loaded there. */
export async function bundleJobs(): Promise<void> {
  await bundle('jobs/*.job.ts', { outdir: folder, outExtension: { '.js': '.cjs' } });
  await bundle('nodes/*.node.ts', { outdir: nodesFolder });
}

async function bundle(entries: string, options: BuildOptions): Promise<void> {
  await build({
    ...options,
    entryPoints: globSync(join(root, 'test/bench', entries)),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    // Both stand two folders below the root, as the sources that ask for them do.
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__fileUrl' },
    banner: { js: "const __fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
}

/** Arguments of Node.js for a job. */
export function jobArgs(name: string, args: object, flags: readonly string[] = []): string[] {
  return ['--expose-gc', ...flags, join(folder, `${name}.job.cjs`), JSON.stringify(args)];
}
