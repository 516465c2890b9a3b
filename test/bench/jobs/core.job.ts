/** What the core needs for one message, and validators side by side. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { createAjv, load } from '../../../codegen/model/load';
import { prepare } from '../../../shared/request/prepare';
import { operations } from '../../../shared/generated/operations';
import { requests } from '../../../shared/generated/validators';
import { readResponse } from '../../../shared/response/readResponse';
import { buildRequest } from '../../../shared/form/buildRequest';
import { simulatedClock } from '../../support/clock';
import { root } from '../../support/tarball';
import { answer } from './answer';
import { form, queued, request } from './mail';
import { zodSchemas } from './zodSchema';

/** What one message needs, by what is done. */
export type Core = Record<'validate' | 'ajv' | 'zod 3' | 'zod 4' | 'build' | 'prepare' | 'read', number>;

/** Done this often between two looks at the clock, which is no finer than what is measured. */
const batch = 100;

type Works = Record<keyof Core, () => unknown>;

async function works(): Promise<Works> {
  const source = await load(join(root, 'shared/operations'));
  const ajv = createAjv({ messages: false });
  for (const file of [source.common, ...source.operations]) ajv.addSchema(file);
  const compiled = ajv.getSchema('sendMail.json#/$defs/request');
  assert.ok(compiled);
  const clock = simulatedClock();
  const response = { status: 200, headers: {}, body: queued };
  return {
    validate: () => requests.sendMail(request),
    ajv: () => compiled(request),
    'zod 3': () => zodSchemas['zod 3'].safeParse(request).success,
    'zod 4': () => zodSchemas['zod 4'].safeParse(request).success,
    build: () => buildRequest(operations.sendMail, form, { smtpUser: 'smtp-sandbox' }),
    prepare: () => prepare('sendMail', request, clock),
    read: () => readResponse(operations.sendMail, response),
  };
}

/** Microseconds for one message. */
async function times(all: Works): Promise<Core> {
  const bench = new Bench({ time: 500, warmupTime: 500 });
  for (const [name, work] of Object.entries(all)) {
    bench.add(name, () => {
      for (let count = 0; count < batch; count += 1) work();
    });
  }
  await bench.run();
  const measured = bench.tasks.map(({ name, result }) => {
    assert.ok('latency' in result, name);
    return [name, (result.latency.p50 * 1000) / batch];
  });
  return Object.fromEntries(measured) as Core;
}

/** Bytes that are allocated for one message, where the young generation is too large to be collected meanwhile. */
function allocations(all: Works): Core {
  const count = 10_000;
  const measured = Object.entries(all).map(([name, work]) => {
    for (let warm = 0; warm < 2 * count; warm += 1) work();
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let done = 0; done < count; done += 1) work();
    return [name, (process.memoryUsage().heapUsed - before) / count];
  });
  return Object.fromEntries(measured) as Core;
}

answer(async ({ unit }: { unit: 'µs' | 'bytes' }) => {
  const all = await works();
  for (const name of ['validate', 'ajv', 'zod 3', 'zod 4'] as const) assert.equal(all[name](), true, name);
  assert.deepEqual(all.build(), request);
  return unit === 'µs' ? await times(all) : allocations(all);
});
