/**
 * From a fresh clone to an email that has arrived: builds and packs the nodes, starts the sandbox and a real host
 * with the packed nodes, sends an email with an attachment and finds it again.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SandboxError, startSandbox, type Sandbox } from '../sandbox/src/server';
import { run } from '../test/hosts/process';
import type { DemoHost } from './host';
import { n8nDemo } from './n8n';
import { nodeRedDemo } from './nodeRed';
import { arrived, report } from './report';

const help = `npm run demo [-- options]

  --n8n     show the n8n node instead of the Node-RED nodes
  --once    end after the check, with exit status 0 or 1
  --help    show this
`;
const root = join(import.meta.dirname, '..');
const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { n8n: { type: 'boolean' }, once: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return void process.stdout.write(help);
  print('Building and packing the nodes …');
  await run(process.execPath, ['--import', 'tsx', 'node_modules/gulp/bin/gulp.js', 'pack'], { cwd: root });
  const sandbox = await startOnUsualPort();
  print(`SendClean sandbox listening on ${sandbox.url}`);
  const options = { sandbox: sandbox.url, progress: print };
  const hostName = values.n8n ? 'n8n' : 'Node-RED';
  print(`Starting ${hostName} with the packed nodes …`);
  const host = values.n8n
    ? await n8nDemo({ ...options, tarball: tarball('n8n-nodes-sendclean') })
    : await nodeRedDemo({ ...options, tarball: tarball('sendclean-nodes-node-red-sendclean') });
  try {
    const xUniqueId = await check(host, sandbox.url, hostName);
    if (!values.once) await serve(host, sandbox.url, xUniqueId);
  } finally {
    await host.stop();
    await sandbox.close();
  }
}

/** Sends, and says what arrived; returns its X-Unique-Id. */
async function check(host: DemoHost, sandbox: string, hostName: string): Promise<string> {
  const { xUniqueId, records } = await host.send();
  print(`\n${hostName} has sent an email. Read back from the sandbox:`);
  const wrong = report(await arrived(sandbox, xUniqueId), records, print);
  for (const sentence of wrong) process.stderr.write(`${sentence}.\n`);
  print(wrong.length ? '' : '\nThe email arrived once and complete, and was found again.');
  if (wrong.length) process.exitCode = 1;
  return xUniqueId;
}

/** Lets a person look around until they press Ctrl+C. The inbox's address comes last, where the eye is. */
async function serve(host: DemoHost, sandbox: string, xUniqueId: string): Promise<void> {
  const lines: [string, string][] = [
    ...(await host.stayUp()),
    ['Sent email', `${sandbox}/#id=${encodeURIComponent(xUniqueId)}`],
    ['Inbox', sandbox],
  ];
  print('\nPress Ctrl+C to end. Execute it again, and see the email arrive in the inbox:');
  for (const [title, value] of lines) print(`${title.padEnd(13)}${value}`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
}

/** On the port that the docs name, or on a free one where that is taken. */
async function startOnUsualPort(): Promise<Sandbox> {
  return await startSandbox().catch((error: unknown) => {
    if (error instanceof SandboxError) return startSandbox({ port: 0 });
    throw error;
  });
}

function tarball(name: string): string {
  const [file] = globSync(`build/${name}-*.tgz`, { cwd: root });
  if (!file) throw new Error(`build/ has no tarball of ${name}`);
  return join(root, file);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
