import { join } from 'node:path';
import { start, untilReady, type Program } from './process';

/** A demo that is up, and what it printed for a person to go on with. */
export interface RunningDemo {
  /** The value of a line by its title, such as `Inbox`. */
  line(title: string): string;
  /** All that it printed, in lines. */
  lines(): string[];
  stop(): Promise<void>;
}

/** Starts the demo as `npm run demo` does, and returns when it has printed its last line. */
export async function startDemo(...options: string[]): Promise<RunningDemo> {
  const program: Program = start('npm', ['run', '-s', 'demo', '--', ...options], {
    cwd: join(import.meta.dirname, '../..'),
  });
  const lines = (): string[] => program.output().trimEnd().split('\n');
  try {
    await untilReady('The demo', program, () => /^Inbox .*\n/m.test(program.output()), 180);
  } catch (error) {
    await program.stop();
    throw error;
  }
  const line = (title: string): string => {
    const found = lines().find((one) => one.startsWith(`${title}  `));
    if (found === undefined) throw new Error(`The demo printed no line ${title}`);
    return found.slice(title.length).trim();
  };
  return { line, lines, stop: program.stop };
}
