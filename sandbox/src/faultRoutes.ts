import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { operations } from '../../shared/generated/operations';
import { ControlError } from './controlError';
import { errorForms } from './errorForms';
import { faultKinds, type Fault, type Faults } from './faults';

const schema = {
  type: 'object',
  properties: {
    kind: { enum: faultKinds },
    path: { enum: Object.values(operations).map(({ path }) => path) },
    // Not a list of types, by which "" would be read as null.
    count: { if: { const: null }, else: { type: 'integer', minimum: 1 } },
    delayMs: { type: 'integer', minimum: 0, maximum: 600_000 },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    body: {},
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    taken: { type: 'boolean' },
    error: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
        forms: { type: 'array', items: { enum: errorForms } },
      },
      additionalProperties: false,
    },
  },
  required: ['kind'],
  additionalProperties: false,
};

/** Adds the routes that register, list and end faults. */
export function addFaults(scope: FastifyInstance, faults: Faults): void {
  scope.post<{ Body: Fault }>('/faults', { schema: { body: schema } }, async (request, reply) => {
    checkHeaders(request.body.headers ?? {});
    checkBody(request.body.body);
    await reply.code(201).send({ id: faults.add(request.body) });
  });
  scope.get('/faults', () => faults.list());
  scope.delete('/faults', async (_request, reply) => {
    faults.clear();
    await reply.code(204).send();
  });
}

/** Headers by which a client finds the end of a response: with wrong ones, Node.js or the client never would. */
const framing = new Set(['content-length', 'transfer-encoding', 'trailer']);

/** Refuses now what the response could not be written with later. */
function checkHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    const shown = `headers[${JSON.stringify(name)}]`;
    if (!succeeds(() => validateHeaderName(name))) {
      throw new ControlError(`${shown} cannot be sent: its name has characters that no header's name has`);
    }
    if (!succeeds(() => validateHeaderValue(name, value))) {
      throw new ControlError(`${shown} cannot be sent: its value has characters that no header has`);
    }
    if (framing.has(name.toLowerCase())) {
      throw new ControlError(`${shown} cannot be chosen: the sandbox sets it to fit the body`);
    }
  }
}

function checkBody(body: unknown): void {
  if (!succeeds(() => JSON.stringify(body))) {
    throw new ControlError('body is nested too deeply to be written as JSON');
  }
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
