import type { FastifyInstance } from 'fastify';
import type { Faults } from './faults';
import type { RequestLog } from './requestLog';
import type { Settings } from './settings/settings';
import type { Store } from './store';

interface StreamContext {
  store: Store;
  log: RequestLog;
  faults: Faults;
  settings: Settings;
}

/**
 * Server-sent events, by which the page knows what to read again: one without a name for every change of the
 * messages, `calls`, `faults` and `settings` for those of the requests, of the faults and of what the account has.
 */
export function addStream(scope: FastifyInstance, { store, log, faults, settings }: StreamContext): void {
  scope.get('/stream', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('retry: 1000\n\ndata: ready\n\n');
    const tell = (text: string) => (): void => void reply.raw.write(`${text}data: change\n\n`);
    const stops = [
      store.onChange(tell('')),
      log.onChange(tell('event: calls\n')),
      faults.onChange(tell('event: faults\n')),
      settings.onChange(tell('event: settings\n')),
    ];
    reply.raw.once('close', () => stops.forEach((stop) => stop()));
  });
}
