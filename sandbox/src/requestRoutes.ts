import type { FastifyInstance } from 'fastify';
import type { RequestLog } from './requestLog';

const querystring = {
  type: 'object',
  properties: { latest: { type: 'integer', minimum: 0 }, failed: { type: 'boolean' } },
};

/** Adds the routes that list and forget the requests to the API. */
export function addRequests(scope: FastifyInstance, log: RequestLog): void {
  scope.get<{ Querystring: { latest?: number; failed?: boolean } }>(
    '/requests',
    { schema: { querystring } },
    ({ query: { latest, failed } }) => log.list(latest, failed),
  );
  scope.delete('/requests', async (_request, reply) => {
    log.clear();
    await reply.code(204).send();
  });
}
