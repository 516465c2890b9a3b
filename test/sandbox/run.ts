import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from './client';

const main = fileURLToPath(new URL('../../sandbox/src/main.ts', import.meta.url));

/** A sandbox in a process of its own. */
export interface Run {
  out: string;
  err: string;
  /** Exit status, once it has ended. */
  ended: Promise<number | null>;
  /** Resolves when a line was printed, with the address in it. */
  listening: Promise<string>;
  /** What the first group of the pattern finds in its output, once it is there. */
  printed(pattern: RegExp): Promise<string>;
  stop(signal: NodeJS.Signals): void;
}

/** Starts the sandbox as `npm run sandbox` does; it ends with the test, or whatever else `t` ends with. */
export function run(t: { after(end: () => void): void }, ...args: string[]): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => void child.kill('SIGKILL'));
  const listening = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      result.out += chunk.toString();
      if (result.out.includes('\n')) resolve(/ on (\S+)\n/.exec(result.out)?.[1] ?? '');
    });
  });
  child.stderr.on('data', (chunk: Buffer) => {
    result.err += chunk.toString();
  });
  const printed = async (pattern: RegExp): Promise<string> => {
    const found = () => pattern.exec(result.out)?.[1];
    await until(`it prints ${String(pattern)}`, () => Promise.resolve(found() !== undefined));
    return found() ?? '';
  };
  const ended = once(child, 'close').then(() => child.exitCode);
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  const result: Run = { out: '', err: '', ended, listening, printed, stop };
  return result;
}
