/** Runs the operation that `fifthOperation.test.ts` adds in both hosts, and prints what came out of each. */
import type { OperationName } from '../../shared/generated/types';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';
import { startRuntime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';

async function main(): Promise<void> {
  const operation = 'viewCredit';
  const sandbox = await startSandbox();
  const { outputs, error } = await runNode({
    parameters: { resource: 'account', operation },
    credential: credentialFor(sandbox.url),
  });
  if (error) throw error;
  const runtime = await startRuntime(flowOf(operation as OperationName, { endpoint: sandbox.url }));
  runtime.send(ids.node, {});
  const { payload } = await Promise.race([runtime.next(ids.out), runtime.next(ids.caught)]);
  const result = { n8n: outputs[0]?.map(({ json }) => json), nodeRed: payload };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  await runtime.stop();
  await removeEngine();
  await sandbox.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
