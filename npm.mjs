/** Runs npm for `run.mjs` and the tests. It needs nothing but Node.js: nothing is installed when it runs first. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long npm may give no sign of life, in milliseconds; in seconds in the environment, for tests. */
const silence = Number(process.env.SENDCLEAN_NPM_SILENCE || 120) * 1000;

/** How often an npm that stalls is started in all. */
const attempts = 3;

const pulse = `--import=${new URL('npmPulse.mjs', import.meta.url)}`;

/** What was written without the signs of life, which nobody wants to read. */
const readable = (written) => written.replaceAll('\0', '').replace(/^npm http .*\n/gm, '');

/**
 * Runs an npm command. A download can stall for ever without an error: an npm that gives no sign of life for two
 * minutes is ended with all that it started, and started again, twice.
 * @returns its exit status, and what it wrote. A status of null comes with one sentence for the person who waits.
 */
export async function runNpm(args, options) {
  for (let attempt = 1; ; attempt += 1) {
    const { status, log, isStalled } = await runOnce(args, { silence, atExit: atProcessEnd, ...options });
    if (!isStalled) return { status, log };
    if (attempt === attempts) return { status: null, log: stalledSentence(args, options) };
    options.onRetry?.(`npm ${args[0]} gave no sign of life, it is started again`);
  }
}

function stalledSentence(args, options) {
  const seconds = Math.round((options.silence ?? silence) / 1000);
  const times = `${attempts} times in a row`;
  return `npm ${args[0]} gave no sign of life for ${seconds} seconds, ${times}: check the network, the proxy and the registry that “npm config get registry” names, then try again.`;
}

function runOnce(args, { cwd, env = process.env, silence: patience, atExit }) {
  const isWindows = process.platform === 'win32';
  const child = spawn('npm', [...args, '--loglevel=http'], {
    cwd,
    env: { ...env, NODE_OPTIONS: [env.NODE_OPTIONS, pulse].filter(Boolean).join(' ') },
    // A group of its own, so that all of it can be ended.
    detached: !isWindows,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => endAll(child);
  const release = atExit(kill);
  let written = '';
  let isStalled = false;
  const stall = () => {
    isStalled = true;
    kill();
  };
  let timer = setTimeout(stall, patience);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      written += text;
      timer.refresh();
    });
  return new Promise((resolve) => {
    child.once('error', (error) => (written += error.message));
    child.once('close', (status) => {
      clearTimeout(timer);
      release();
      resolve({ status: status ?? 1, log: readable(written), isStalled });
    });
  });
}

/** Ends npm and all that it started. */
function endAll({ pid }) {
  if (pid === undefined) return;
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
  else
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Has npm ended with this process: in a group of its own it hears no Ctrl+C. Returns what takes it back. */
function atProcessEnd(kill) {
  const end = () => process.exit(130);
  process.once('exit', kill);
  for (const signal of signals) process.once(signal, end);
  return () => {
    process.off('exit', kill);
    for (const signal of signals) process.off(signal, end);
  };
}

/**
 * The Node.js that the lock file of a folder has for this platform: one of its packages, which npm has checked by
 * its hash as any other. Its program need not be there yet.
 * @returns the path of the program; undefined if the lock file has none for this platform
 */
export function lockedNode(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const [path, found] =
    Object.entries(packages).find(
      ([, { bin, os, cpu }]) => bin?.node && os?.includes(process.platform) && cpu?.includes(process.arch),
    ) ?? [];
  return path && join(folder, path, found.bin.node);
}
