/**
 * Runs a TypeScript file of this project: `node run.mjs demo/main.ts --once`. It needs nothing but Node.js and
 * npm: what is missing is installed first, and the file runs on the Node.js that the hosts need, which is one of
 * the packages. No package's install script runs, so that everything has the hash in the lock file.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockedNode, runNpm } from './npm.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed-for');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

const node = lockedNode(root) ?? ownNode();

const installed = existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!installed) {
  await npm('Installing the packages of this project (about two minutes)', ['ci', '--ignore-scripts']);
  // npm leaves an optional package out when it cannot be had, or is another than the lock file's.
  if (!existsSync(node))
    end(`npm could not install ${relative(root, node)} with the hash in package-lock.json; try again.`);
  writeFileSync(stamp, lock);
}
const env = { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH}` };
const child = spawn(node, ['--import', 'tsx', ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));

/** The Node.js that runs this, on a platform for which there is no package of it. */
function ownNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const platform = `${process.platform} ${process.arch}`;
  return end(`There is no package of Node.js for ${platform}: run this with Node.js 24 or later.`);
}

function end(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Runs npm, telling every 15 seconds that it is still at work. */
async function npm(what, args) {
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  process.stdout.write(`${what} …\n`);
  const progress = setInterval(() => process.stdout.write(`  … ${elapsed()}\n`), 15_000);
  const onRetry = (sentence) => process.stdout.write(`  ${sentence}\n`);
  const { status, log } = await runNpm([...args, '--no-audit', '--no-fund'], { cwd: root, onRetry });
  clearInterval(progress);
  if (status === 0) return process.stdout.write(`  done in ${elapsed()}\n`);
  const failed = `npm ${args[0]} failed; fix what it says above and try again.`;
  end(status === null ? log : `${log}\n${failed}`);
}
