/**
 * Runs a TypeScript file of this project: `node run.mjs demo/main.ts --once`. It needs nothing but Node.js and
 * npm: what is missing is installed first, and the file runs on the Node.js that the hosts need, which is one of
 * the packages.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './npm.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = join(modules, '.installed-for');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

const installed = existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!installed) {
  await npm('Installing the packages of this project (about two minutes)', ['ci', '--ignore-scripts']);
  await npm('Fetching the Node.js that n8n and Node-RED need', [
    'rebuild',
    'node',
    '--ignore-scripts=false',
    '--foreground-scripts',
  ]);
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
  process.stderr.write(status === null ? `${log}\n` : `${log}\n${failed}\n`);
  process.exit(1);
}
