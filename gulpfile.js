import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';
import gulp from 'gulp';
import { minify } from 'terser';
import { generate as generateAll } from './codegen/generate.ts';

const run = promisify(execFile);

const small = { ecma: 2020, compress: { passes: 3 } };

/** What nobody reads in a stack trace, the libraries and validators inside, has short names as well. */
const smallLibraries = {
  name: 'small libraries',
  setup(build) {
    build.onLoad({ filter: /[\\/]shared[\\/]generated[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const { code } = await minify(source, {
        ...small,
        module: true,
        format: { comments: /^!/, preserve_annotations: true },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/** What only forms, help and docs show of operations and settings. */
const help = /^ *(?:description|placeholder|action):\s+(['"`])(?:(?!\1)[^\\]|\\.)*\1,\n/gm;

/** What operations and settings say for people is in the generated forms, and what they say for a host in its pack. */
const withoutForms = (otherHost) => ({
  name: 'without forms',
  setup(build) {
    const filter = /[\\/]shared[\\/](?:generated[\\/]operations|form[\\/]settings[\\/]\w+)\.ts$/;
    const ofOtherHost = new RegExp(String.raw`^( *)${otherHost}: \{\n(?:\1 .*\n)*\1\},\n`, 'gm');
    build.onLoad({ filter }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const kept = path.endsWith('operations.ts') ? source.replaceAll(ofOtherHost, '') : source;
      return { contents: kept.replaceAll(help, ''), loader: 'ts' };
    });
  },
});

/** What both packs share: one CommonJS file for each entry, with everything the host lacks inside. */
const common = {
  bundle: true,
  minifySyntax: true,
  format: 'cjs',
  platform: 'node',
  mainFields: ['module', 'main'],
  legalComments: 'external',
  write: false,
  // What is loaded later is required then: n8n and Node-RED both load CommonJS.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
};

/** Bundles, and writes what is small. Names of functions and classes stay, so that stack traces can be read. */
async function bundleSmall(options) {
  const { outputFiles } = await bundle({ ...common, ...options });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  for (const [path, text] of texts) {
    if (!path.endsWith('.js')) continue;
    const names = { toplevel: true, keep_classnames: true, keep_fnames: true };
    const { code } = await minify(text, { ...small, ...names, format: { comments: false } });
    // Side by side at the end, licences that are alike take little space.
    const licences = texts.get(`${path}.LEGAL.txt`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, licences ? `${code}\n${licences}` : code);
  }
}

/** Makes everything that follows from shared/operations. */
export async function generate() {
  const written = await generateAll();
  process.stdout.write(written.length ? `${written.join('\n')}\n` : 'Nothing has changed.\n');
}
generate.description = 'Make types, validators, forms and docs from shared/operations';

async function buildN8n() {
  await rm('dist', { recursive: true, force: true });
  const entries = [
    'credentials/SendCleanApi.credentials',
    'nodes/SendClean/SendClean.node',
    'nodes/SendClean/actions/router',
    'nodes/SendCleanTrigger/SendCleanTrigger.node',
  ];
  await bundleSmall({
    entryPoints: entries.map((path) => ({ in: `${path}.ts`, out: path })),
    outdir: 'dist',
    target: 'node18',
    plugins: [smallLibraries, withoutForms('nodeRed')],
    external: [
      'n8n-workflow',
      './actions/router',
      '../SendClean/actions/router',
      '../nodes/SendClean/actions/router',
    ],
  });
  for (const folder of ['nodes/SendClean', 'nodes/SendCleanTrigger']) {
    const assets = (await readdir(folder)).filter((name) => /\.svg$|^__schema__$|\.node\.json$/.test(name));
    await Promise.all(
      assets.map((name) => cp(join(folder, name), join('dist', folder, name), { recursive: true })),
    );
  }
}

async function buildNodeRed() {
  await rm('node-red/dist', { recursive: true, force: true });
  await bundleSmall({
    entryPoints: ['node-red/src/sendclean.ts', 'node-red/src/runtime.ts'],
    outdir: 'node-red/dist',
    target: 'node18',
    plugins: [smallLibraries, withoutForms('n8n')],
    external: ['axios', 'proxy-from-env', './runtime'],
    footer: { js: 'if (module.exports.default) module.exports = module.exports.default;' },
  });
  await cp('node-red/nodes', 'node-red/dist', { recursive: true });
  await cp('node-red/icons', 'node-red/dist/icons', { recursive: true });
}

/** Bundles both packs into their dist folders. */
export const build = gulp.parallel(buildN8n, buildNodeRed);
build.description = 'Bundle both packs into dist/ and node-red/dist/';

/** What each package is published from: its folder, and its README, which is for its own users. */
const packages = [
  { folder: '.', readme: 'nodes/README.md', parts: ['dist'] },
  { folder: 'node-red', readme: 'node-red/README.md', parts: ['dist', 'examples'] },
];

/** What a manifest has for developers only. */
const forDevelopers = ['workspaces', 'scripts', 'devDependencies'];

/** A folder with all that a package publishes, from which npm packs it. */
async function stage({ folder, readme, parts }) {
  const target = join('build', `package-${folder === '.' ? 'n8n' : folder}`);
  await mkdir(target, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  for (const key of forDevelopers) delete manifest[key];
  manifest.files = [...manifest.files, 'CHANGELOG.md'];
  await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(readme, join(target, 'README.md'));
  for (const name of ['LICENSE', 'CHANGELOG.md']) await cp(name, join(target, name));
  for (const part of parts) await cp(join(folder, part), join(target, part), { recursive: true });
  return target;
}

/** The tarballs that are published, in build/. */
async function packAll() {
  await rm('build', { recursive: true, force: true });
  for (const one of packages) {
    const cwd = await stage(one);
    const args = ['pack', '--json', '--pack-destination', join(import.meta.dirname, 'build')];
    const { stdout } = await run('npm', args, { cwd, shell: process.platform === 'win32' });
    await rm(cwd, { recursive: true });
    const [{ filename, size, files }] = JSON.parse(stdout);
    process.stdout.write(
      `build/${basename(filename)}: ${files.length} files, ${Math.round(size / 1024)} KB\n`,
    );
  }
}
export const pack = gulp.series(build, packAll);
pack.description = 'Build both packs and put their tarballs into build/';

/** Runs a tool of this project and shows what it says. */
function tool(path, args, env = {}) {
  const options = { stdio: 'inherit', env: { ...process.env, ...env } };
  return spawn(process.execPath, [join('node_modules', path), ...args], options);
}

const types = () => tool('typescript/bin/tsc', ['-p', '.']);

/** The core by itself, in which no API of Node.js is known. */
const coreTypes = () => tool('typescript/bin/tsc', ['-p', 'shared']);

/** n8n's own rules for nodes and credentials, and, by the config files of the folders, ours for the rest. */
const rules = () =>
  tool('@n8n/node-cli/bin/n8n-node.mjs', ['lint'], { ESLINT_FLAGS: 'unstable_config_lookup_from_file' });

/** Ours for nodes and credentials as well, whose config file must be n8n's own. */
const nodeRules = () => tool('eslint/bin/eslint.js', ['--config', 'lint.config.mjs', 'nodes', 'credentials']);

/** The folders whose imports have rules; each of them is read as a whole. */
const walled = ['shared', 'codegen', 'credentials', 'nodes', 'node-red/src', 'sandbox', 'demo', 'test'];

/** Which folder may import which, and no circles. */
const imports = () =>
  tool('dependency-cruiser/bin/dependency-cruiser.mjs', ['--config', '.dependency-cruiser.mjs', ...walled]);

const format = () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']);

export const lint = gulp.series(types, coreTypes, rules, nodeRules, imports, format);
lint.description = 'Check types, lint rules, imports and format';
