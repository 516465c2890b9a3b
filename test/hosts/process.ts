import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { delimiter, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from './cleanup';

export interface StartOptions {
  cwd: string;
  /** Added to `hostEnvironment()`. */
  env?: NodeJS.ProcessEnv;
  /** The user and group that it runs as; those of this process by default. */
  uid?: number;
  gid?: number;
}

/** A running program and all that it starts in turn. */
export interface Program {
  /** What it has written to standard output so far. */
  output(): string;
  /** What it has written so far, standard error included. */
  log(): string;
  /** Fulfilled when it has ended: its exit status, null when a signal ended it or it did not start. */
  readonly ended: Promise<number | null>;
  /** Ends it: asks, and after 10 seconds no longer asks. Returns when it has ended. */
  stop(): Promise<void>;
  /** Ends it at once, without asking, as a crash does. Returns when it has ended. */
  kill(): Promise<void>;
}

const patience = 10_000;

const ofParent = [
  /^npm_(package|lifecycle|command)/i,
  /^npm_config_(local_prefix|prefix|workspace|include|omit|production|global|dry_run|ignore_scripts|nodedir)/i,
  /^NODE_(OPTIONS|PATH|TEST_CONTEXT)$/i,
  /^(N8N|NODE_RED|DB|EXECUTIONS|QUEUE)_/i,
  /^PATH$/i,
];

/**
 * This process's environment for npm or a host, with this very Node first on the PATH. What npm and Node tell the
 * scripts of the project (its workspace, its loaders) does not hold in another folder, and the settings of a host
 * that the machine runs for itself do not hold for ours.
 */
export function hostEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !ofParent.some((pattern) => pattern.test(name)),
  );
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return { ...Object.fromEntries(kept), PATH };
}

/** Sends a signal to a program and to all that it started; nothing happens when they are gone. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // macOS answers EPERM, not ESRCH, when only ended processes are left of a group.
    const gone = error instanceof Error && 'code' in error && ['ESRCH', 'EPERM'].includes(String(error.code));
    if (!gone) throw error;
  }
}

/**
 * Starts a program in a process group of its own, so that all of it can be ended at once. What it leaves behind
 * is ended with it, and with this process.
 */
export function start(command: string, args: readonly string[], options: StartOptions): Program {
  const child = spawn(command, args, {
    ...options,
    env: { ...hostEnvironment(), ...options.env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    log += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const kill = () => signalGroup(child, 'SIGKILL');
  child.once('exit', kill);
  const release = atExit(kill);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => (log += error.message));
    child.once('close', (status) => {
      release();
      resolve(child.pid === undefined ? null : status);
    });
  });
  return {
    output: () => output,
    log: () => log,
    ended,
    stop: () => stop(child, ended),
    async kill() {
      kill();
      await ended;
    },
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) signalGroup(child, 'SIGTERM');
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), patience);
  await ended;
  clearTimeout(force);
}

/**
 * Runs a program to its end.
 * @returns what it wrote to standard output
 * @throws Error with the end of its log, when its exit status is not 0
 */
export async function run(command: string, args: readonly string[], options: StartOptions): Promise<string> {
  const program = start(command, args, options);
  const status = await program.ended;
  if (status === 0) return program.output();
  const how = status === null ? 'did not run to its end' : `ended with status ${status}`;
  throw new Error(`"${[command, ...args].join(' ')}" ${how}. ${tail(program.log())}`);
}

/**
 * Waits until a program is ready.
 * @param ready asked about every 100 ms
 * @param seconds how long it may take
 * @throws Error with the end of its log, when it ends before that or takes longer
 */
export async function untilReady(
  name: string,
  program: Program,
  ready: () => boolean | Promise<boolean>,
  seconds: number,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  const ended = program.ended.then(() => true);
  while (!(await ready())) {
    if (Date.now() > deadline)
      throw new Error(`${name} was not ready in ${seconds} s. ${tail(program.log())}`);
    const early = await Promise.race([ended, sleep(100, false)]);
    if (early) throw new Error(`${name} ended before it was ready. ${tail(program.log())}`);
  }
}

/** The last 20 lines of a log, for an error message. */
export function tail(log: string): string {
  const lines = log.trim().split('\n').slice(-20).join('\n');
  return lines ? `The end of its log:\n${lines}` : 'It logged nothing.';
}

/**
 * A TCP port of 127.0.0.1 that nothing listened on a moment ago, for hosts that cannot choose one themselves. It is
 * below those that systems give out by themselves, of which any connection may take one before the host does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
