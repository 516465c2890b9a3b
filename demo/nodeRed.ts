import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNodeRed, type FlowNode } from '../test/hosts/nodeRed';
import { account, type DemoHost, type DemoOptions } from './host';
import { invoice, mail } from './mail';

/** A real Node-RED with the packed nodes, the demo's flow and the pack's own examples. */
export async function nodeRedDemo({ sandbox, tarball, progress }: DemoOptions): Promise<DemoHost> {
  const nodeRed = await startNodeRed({ version: '5', tarball, flows: flows(sandbox), progress });
  return {
    async send() {
      const response = await fetch(`${nodeRed.url}/demo`, { method: 'POST' });
      const text = await response.text();
      if (!response.ok) throw new Error(`The flow ended with HTTP ${response.status}: ${text}`);
      return JSON.parse(text) as Awaited<ReturnType<DemoHost['send']>>;
    },
    stayUp: async () => nodeRed.url,
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

/** POST /demo → read the file → Send Mail → Get Message Info → what was found, as JSON. */
function demoFlow(sandbox: string): FlowNode[] {
  const { ownerId, token, smtpUser } = account;
  const place = (index: number) => ({ z: 'demo', x: 140 + index * 180, y: 100 });
  const text = (value: string) => ({ value, type: 'str' });
  const fields = {
    fromEmail: text(mail.from),
    fromName: text(mail.fromName),
    to: text(mail.to),
    cc: text(mail.cc),
    subject: text(mail.subject),
    html: text(mail.html),
  };
  const typed = Object.entries(fields).flatMap(([name, { value, type }]) => [
    [name, value],
    [`${name}Type`, type],
  ]);
  const attach = `msg.attachments = [{ filename: ${JSON.stringify(invoice.name)}, content: msg.payload }];\nreturn msg;`;
  const keep = 'msg.sent = msg.payload.xUniqueId;\nreturn msg;';
  const answer = 'msg.payload = { xUniqueId: msg.sent, records: msg.payload };\nreturn msg;';
  const failure = 'msg.statusCode = 500;\nmsg.payload = msg.error.message;\nreturn msg;';
  return [
    { id: 'demo', type: 'tab', label: 'Demo' },
    {
      id: 'demo-account',
      type: 'sendclean-account',
      name: 'Sandbox',
      domain: '',
      endpoint: sandbox,
      smtpUser,
      credentials: { ownerId, token },
    },
    { id: 'in', type: 'http in', ...place(0), url: '/demo', method: 'post', wires: [['read']] },
    {
      id: 'read',
      type: 'file in',
      ...place(1),
      name: 'Read invoice',
      filename: invoice.path,
      filenameType: 'str',
      format: '',
      wires: [['attach']],
    },
    { id: 'attach', type: 'function', ...place(2), name: 'Attach', func: attach, wires: [['send']] },
    {
      id: 'send',
      type: 'sendclean-send-mail',
      ...place(3),
      account: 'demo-account',
      ...Object.fromEntries(typed),
      attachments: 'attachments',
      attachmentsType: 'msg',
      wires: [['keep']],
    },
    { id: 'keep', type: 'function', ...place(4), name: 'Keep ID', func: keep, wires: [['find']] },
    {
      id: 'find',
      type: 'sendclean-message-info',
      ...place(5),
      account: 'demo-account',
      xUniqueId: 'payload.xUniqueId',
      xUniqueIdType: 'msg',
      wires: [['answer']],
    },
    { id: 'answer', type: 'function', ...place(6), name: 'Answer', func: answer, wires: [['out']] },
    { id: 'catch', type: 'catch', z: 'demo', x: 860, y: 180, scope: null, wires: [['failure']] },
    {
      id: 'failure',
      type: 'function',
      z: 'demo',
      x: 1040,
      y: 180,
      name: 'Failure',
      func: failure,
      wires: [['out']],
    },
    { id: 'out', type: 'http response', ...place(7), wires: [] },
  ];
}
