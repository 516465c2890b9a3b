import assert from 'node:assert/strict';
import { fromQuery } from '../../sandbox/src/schema';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { requests } from '../../shared/generated/validators';
import type { Operation } from '../../shared/model';
import type { Recorded } from '../support/recorder';
import { account } from '../support/sandbox';
import { valueAt } from './expected';

/** A request that came over the wire, without credentials. */
export interface Arrived {
  operation: Operation<OperationName>;
  request: object;
}

/**
 * Reads a request, and checks what must hold for every request, whoever entered what: the schema, the account's own
 * credentials, nothing that pollutes a prototype, and no line break in a header.
 */
export function readArrival(recorded: Recorded): Arrived {
  const [path = '', query = ''] = recorded.url.split(/\?(.*)/s);
  const operation = Object.values<Operation<OperationName>>(operations).find(
    (one) => path === `/v1.0/${one.path}`,
  );
  assert.ok(operation, `a request to ${path}`);
  assert.equal(recorded.method, operation.method);
  const all =
    operation.method === 'GET'
      ? fromQuery(operation, new URLSearchParams(query))
      : parse(recorded.body.toString());
  const { owner_id: owner, token, ...request } = all;
  assert.deepEqual([owner, token], [account.owner_id, account.token]);
  assert.ok(
    requests[operation.name](request),
    `schema-invalid on the wire: ${JSON.stringify(request).slice(0, 2000)}`,
  );
  checkHeaders(operation, request);
  return { operation, request };
}

function parse(json: string): Record<string, unknown> {
  return JSON.parse(json, (key, value: unknown) => {
    assert.notEqual(key, '__proto__', 'a name in the request pollutes prototypes');
    return value;
  }) as Record<string, unknown>;
}

function checkHeaders({ fields }: Operation, request: object): void {
  const field = fields.find(({ kind, path }) => kind === 'pairs' && path.at(-1) === 'headers');
  const headers = Object.entries((field && valueAt(request, field.path)) ?? {});
  for (const part of headers.flat())
    assert.doesNotMatch(String(part), /[\r\n]/, 'a header with a line break');
}
