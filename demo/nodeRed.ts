import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNodeRed, type FlowNode } from '../test/hosts/nodeRed';
import { account, type DemoHost, type DemoOptions } from './host';
import { demoFlow } from './nodeRedFlow';

/** A real Node-RED with the packed nodes, the demo's flow and the pack's own examples. */
export async function nodeRedDemo({ sandbox, tarball, progress }: DemoOptions): Promise<DemoHost> {
  const nodeRed = await startNodeRed({
    version: '5',
    tarball,
    flows: flows(sandbox),
    progress,
    settings: { editorTheme: { tours: false } },
  });
  return {
    async send() {
      const response = await fetch(`${nodeRed.url}/demo`, { method: 'POST' });
      const text = await response.text();
      if (!response.ok) throw new Error(`The flow ended with HTTP ${response.status}: ${text}`);
      return JSON.parse(text) as Awaited<ReturnType<DemoHost['send']>>;
    },
    stayUp: async () => [['Node-RED', `${nodeRed.url}/#flow/demo`]],
    stop: nodeRed.stop,
  };
}

/** The pack's examples on tabs of their own, with their account pointing to the sandbox, beside the demo's. */
function flows(sandbox: string): FlowNode[] {
  const examples = globSync('../node-red/examples/*.json', { cwd: import.meta.dirname }).flatMap(
    (file) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as FlowNode[],
  );
  const { ownerId, token, smtpUser } = account;
  const connected = examples.map((node) =>
    node.type === 'sendclean-account'
      ? { ...node, endpoint: sandbox, smtpUser, credentials: { ownerId, token } }
      : node,
  );
  return [...demoFlow(sandbox), ...connected];
}
