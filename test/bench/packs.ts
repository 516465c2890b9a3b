import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../hosts/cleanup';
import { manifest, root, unpack } from '../support/tarball';

/** The packs, by the names of their tarballs. */
export const packs = {
  n8n: { tarball: 'n8n-nodes-sendclean', name: 'n8n-nodes-sendclean' },
  nodeRed: { tarball: 'sendclean-nodes-node-red-sendclean', name: '@sendclean-nodes/node-red-sendclean' },
} as const;

export interface PackFacts {
  /** Bytes of the tarball. */
  tarball: number;
  /** Bytes of the files, those of its dependencies among them. */
  installed: number;
  /** Dependencies that its manifest names. */
  dependencies: number;
  /** Packages that npm installs, itself among them. */
  packages: number;
}

type Dependencies = Readonly<Record<string, string>>;

/** What a packed pack weighs. Its dependencies are those that stand in this project's `node_modules`. */
export function packFacts(host: keyof typeof packs): PackFacts {
  const { tarball } = packs[host];
  const { folder, remove } = unpack(tarball);
  const { dependencies = {} } = readManifest(folder);
  const closure = new Map<string, number>();
  const from = host === 'nodeRed' ? join(root, 'node-red') : root;
  for (const name of Object.keys(dependencies)) addPackage(name, from, closure);
  const installed = [...closure.values()].reduce((sum, bytes) => sum + bytes, sizeOf(folder));
  remove();
  return {
    tarball: statSync(join(root, 'build', `${tarball}-${manifest.version}.tgz`)).size,
    installed,
    dependencies: Object.keys(dependencies).length,
    packages: closure.size + 1,
  };
}

function readManifest(folder: string): { dependencies?: Dependencies } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies?: Dependencies };
}

/** Adds a package and all that it depends on, by its folder. */
function addPackage(name: string, from: string, closure: Map<string, number>): void {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const folder = places.map((place) => join(place, name)).find((one) => isFolder(one));
  if (!folder) throw new Error(`${name}, which ${from} depends on, is not installed`);
  if (closure.has(folder)) return;
  closure.set(folder, sizeOf(folder));
  for (const one of Object.keys(readManifest(folder).dependencies ?? {})) addPackage(one, folder, closure);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Bytes of a package's files, without the packages in its own `node_modules`. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
    }, 0);
}

/**
 * Unpacks the n8n pack as n8n installs it: beside the `n8n-workflow` of that very n8n.
 * @param host folder with the packages of n8n in its `node_modules`.
 */
export function installN8nPack(host: string): { folder: string; remove(): void } {
  const unpacked = unpack(packs.n8n.tarball);
  linkWorkflow(unpacked.folder, host);
  return unpacked;
}

function linkWorkflow(folder: string, host: string): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(host, 'node_modules/n8n-workflow'), join(folder, 'node_modules/n8n-workflow'), 'junction');
}

/** A pack for n8n with one node that has and does nothing. */
export function emptyN8nPack(): TemporaryFolder {
  const description = { displayName: 'Empty', name: 'empty', group: [], version: 1, description: '' };
  const rest = { defaults: {}, inputs: [], outputs: [], properties: [] };
  return emptyPack({
    'package.json': JSON.stringify({
      name: 'n8n-nodes-empty',
      version: '1.0.0',
      n8n: { n8nNodesApiVersion: 1, nodes: ['Empty.node.js'], credentials: [] },
    }),
    'Empty.node.js': `exports.Empty = class { description = ${JSON.stringify({ ...description, ...rest })}; };\n`,
  });
}

/** A pack for Node-RED with one node that has and does nothing. */
export function emptyNodeRedPack(): TemporaryFolder {
  return emptyPack({
    'package.json': JSON.stringify({
      name: 'node-red-contrib-empty',
      version: '1.0.0',
      'node-red': { nodes: { empty: 'empty.js' } },
    }),
    'empty.js':
      "module.exports = (RED) => RED.nodes.registerType('empty', function (definition) { RED.nodes.createNode(this, definition); });\n",
    'empty.html':
      "<script>RED.nodes.registerType('empty', { category: 'function', defaults: {} });</script>\n",
  });
}

function emptyPack(files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = temporaryFolder('sendclean-empty-');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  return folder;
}
