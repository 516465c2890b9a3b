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
  await npm('Fetching the Node.js that n8n and Node-RED need', ['rebuild', 'node', '--ignore-scripts=false']);
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
function npm(what, args) {
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  process.stdout.write(`${what} …\n`);
  const progress = setInterval(() => process.stdout.write(`  … ${elapsed()}\n`), 15_000);
  return new Promise((resolve) => {
    const options = { cwd: root, shell: process.platform === 'win32' };
    let output = '';
    const install = spawn('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], options);
    for (const stream of [install.stdout, install.stderr]) stream.on('data', (chunk) => (output += chunk));
    install.on('exit', (code) => {
      clearInterval(progress);
      if (code === 0) return resolve(process.stdout.write(`  done in ${elapsed()}\n`));
      process.stderr.write(`${output}\nnpm ${args[0]} failed; mend what it says above and try again.\n`);
      process.exit(1);
    });
  });
}
