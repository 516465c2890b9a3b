import { randomBytes } from 'node:crypto';
import type { CredentialData } from '../support/n8nEngine';
import { prepareN8n, type N8n, type N8nWorkflow, type RunningN8n } from './n8n';
import { setUpOwner, type Rest } from './n8nOwner';
import { postgresUser, startPostgres, startRedis } from './servers';

/** An n8n in queue mode: Redis, PostgreSQL and one main, each with folders of its own, and workers as needed. */
export interface QueueStand {
  readonly main: RunningN8n;
  /** Calls n8n as its owner. */
  readonly rest: Rest;
  /**
   * Starts a worker, and returns when it takes executions.
   * @param concurrency how many executions it runs at once
   */
  startWorker(concurrency: number): Promise<RunningN8n>;
  /** Starts a process that takes webhooks. */
  startWebhooks(): Promise<RunningN8n>;
  /** Keeps a credential of this name for the workflows, and returns its ID. */
  addCredential(name: string, data: CredentialData): Promise<string>;
  /** Saves a workflow and publishes it, so that its trigger starts executions; its ID. */
  publish(workflow: N8nWorkflow): Promise<string>;
  /** Ends that a workflow is started by its trigger. */
  unpublish(id: string): Promise<void>;
  /** Ends all that it has started. */
  stop(): Promise<void>;
}

/**
 * Starts n8n in queue mode, without workers.
 * @param tarball the packed community node
 * @param more settings of n8n beside those of the queue mode
 * @throws Error when Redis or PostgreSQL is not installed, or with the end of a log
 */
export async function startQueueStand(
  tarball: string,
  more: Record<string, string> = {},
): Promise<QueueStand> {
  await using started = new AsyncDisposableStack();
  const redis = started.adopt(await startRedis(), (server) => server.stop());
  const postgres = started.adopt(await startPostgres(), (server) => server.stop());
  const env = { ...settings(redis.port, postgres.port), ...more };
  const launch = async (stack: AsyncDisposableStack, as: (n8n: N8n) => Promise<RunningN8n>) => {
    const n8n = await prepareN8n({ tarball, env });
    stack.defer(n8n.remove);
    return stack.adopt(await as(n8n), (running) => running.stop());
  };
  const main = await launch(started, (n8n) => n8n.start());
  const rest = await setUpOwner(main.url);
  const all = started.move();
  return {
    main,
    startWorker: (concurrency) => launch(all, (n8n) => n8n.startWorker(concurrency)),
    startWebhooks: () => launch(all, (n8n) => n8n.startWebhooks()),
    rest,
    ...publishing(rest),
    stop: () => all.disposeAsync(),
  };
}

/** What main and workers have in common. */
function settings(redisPort: number, postgresPort: number): Record<string, string> {
  return {
    EXECUTIONS_MODE: 'queue',
    N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: String(redisPort),
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: '127.0.0.1',
    DB_POSTGRESDB_PORT: String(postgresPort),
    DB_POSTGRESDB_DATABASE: 'postgres',
    DB_POSTGRESDB_USER: postgresUser,
    N8N_DEFAULT_BINARY_DATA_MODE: 'database',
  };
}

/** What a person does in the editor, by the calls that the editor makes. */
export function publishing(rest: Rest): Pick<QueueStand, 'addCredential' | 'publish' | 'unpublish'> {
  return {
    async addCredential(name, data) {
      const { id } = (await rest('POST', 'credentials', { name, type: 'sendCleanApi', data })) as {
        id: string;
      };
      return id;
    },
    async publish({ name, nodes, connections, settings }) {
      const workflow = { name, nodes, connections, settings };
      const saved = (await rest('POST', 'workflows', workflow)) as { id: string; versionId: string };
      await rest('POST', `workflows/${saved.id}/activate`, { versionId: saved.versionId });
      return saved.id;
    },
    async unpublish(id) {
      await rest('POST', `workflows/${id}/deactivate`);
    },
  };
}
