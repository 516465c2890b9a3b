import { startRuntime } from '../support/nodeRed';
import { nodeRedHost } from './nodeRedHost';
import { fuzzTests } from './suite';

fuzzTests('the Node-RED nodes', async (url) => {
  const runtime = await startRuntime({ flows: [] });
  return { host: nodeRedHost(runtime, url), stop: () => runtime.stop() };
});
