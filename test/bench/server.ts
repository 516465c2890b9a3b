import { start, untilReady } from '../hosts/process';
import { root } from '../support/tarball';
import { jobArgs } from './jobs';
import { BenchError } from './error';
import { countsOf, type Counts, type Settings, settle } from './jobs/control';

/** A bare local service in a process of its own: quick, with a set latency, and counting what comes. */
export interface BareServer {
  url: string;
  /** The port at which it takes emails by SMTP. */
  smtpPort: number;
  /** Says how it answers from now on, and counts from 0. */
  set(settings: Settings): Promise<void>;
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

/**
 * Starts it.
 * @throws BenchError when the port is busy.
 */
export async function startServer(port: number): Promise<BareServer> {
  const program = start(process.execPath, jobArgs('server', { port }), { cwd: root });
  const ready = () => program.output().includes('\n');
  try {
    await untilReady('The local service', program, ready, 30);
  } catch (error) {
    await program.stop();
    if (!program.log().includes('EADDRINUSE')) throw error;
    throw new BenchError(`Port ${port} is in use already; leave --port out for any free one.`);
  }
  const { url, smtpPort } = JSON.parse(program.output()) as Pick<BareServer, 'url' | 'smtpPort'>;
  return {
    url,
    smtpPort,
    set: (settings) => settle(url, settings),
    counts: () => countsOf(url),
    stop: () => program.stop(),
  };
}
