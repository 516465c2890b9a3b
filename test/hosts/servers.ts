import { chownSync, existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from './cleanup';
import { freePort, run, start, untilReady, type Program, type StartOptions } from './process';

/** A server on 127.0.0.1, whose data is gone when it has ended. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a Redis of its own.
 * @throws Error when it is not installed, or with the end of its log
 */
export async function startRedis(): Promise<Server> {
  const command = find('redis-server');
  return await serve('Redis', async ({ path: dir }, port) => {
    const settings = { bind: '127.0.0.1', port, dir, save: '', appendonly: 'no' };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return start(command, args, { cwd: dir });
  });
}

/** Who may log in to a new PostgreSQL, without a password. */
export const postgresUser = 'n8n';

/**
 * Starts a PostgreSQL of its own, with the database `postgres`.
 * @throws Error when it is not installed, or with the end of its log
 */
export async function startPostgres(): Promise<Server> {
  const [initdb, postgres] = [find('initdb'), find('postgres')];
  return await serve('PostgreSQL', async ({ path }, port) => {
    const options = { cwd: path, ...(await unprivileged(path)) };
    const data = ['-D', join(path, 'data')];
    await run(initdb, [...data, '-U', postgresUser, '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      // Nobody misses these data after a power failure.
      fsync: 'off',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return start(postgres, [...data, ...args], options);
  });
}

/** Starts a server in a folder of its own, and returns once its log says that it is ready, or throws after 30 s. */
async function serve(
  name: string,
  launch: (folder: TemporaryFolder, port: number) => Promise<Program>,
): Promise<Server> {
  await using started = new AsyncDisposableStack();
  const folder = temporaryFolder(`sendclean-${name.toLowerCase()}-`);
  started.defer(folder.remove);
  const port = await freePort();
  const program = await launch(folder, port);
  started.defer(program.stop);
  await untilReady(name, program, () => /ready to accept connections/i.test(program.log()), 30);
  const running = started.move();
  return { port, stop: () => running.disposeAsync() };
}

/** PostgreSQL refuses to run as root: it then runs as the user of Debian's package, who is given its folder. */
async function unprivileged(folder: string): Promise<Pick<StartOptions, 'uid' | 'gid'>> {
  if (process.getuid?.() !== 0) return {};
  const id = async (which: string) => Number(await run('id', [which, 'postgres'], { cwd: folder }));
  const [uid, gid] = [await id('-u'), await id('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

/**
 * A program on the PATH, or where Debian has those of PostgreSQL.
 * @throws Error that says what to install
 */
function find(name: string): string {
  const folders = [...globSync('/usr/lib/postgresql/*/bin'), ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, name)).find(existsSync);
  if (!found) throw new Error(`${name} is not installed: run apt-get install redis-server postgresql`);
  return found;
}
