import { prepareN8n, type N8nWorkflow, type RunningN8n } from '../test/hosts/n8n';
import { owner, setUpOwner } from '../test/hosts/n8nOwner';
import { account, type DemoHost, type DemoOptions } from './host';
import { invoice, mail } from './mail';

/** A real n8n with the packed node and the demo's workflow. */
export async function n8nDemo({ sandbox, tarball, progress }: DemoOptions): Promise<DemoHost> {
  const n8n = await prepareN8n({ tarball, progress });
  let running: RunningN8n | undefined;
  const data = { ...account, domain: '', endpoint: sandbox };
  progress('Importing the credential and the workflow …');
  await n8n.importCredentials([{ id: 'sandbox', name: 'SendClean sandbox', type: 'sendCleanApi', data }]);
  await n8n.importWorkflow(workflow(sandbox));
  return {
    async send() {
      progress('Executing the workflow …');
      const { resultData } = (await n8n.execute(id)).data;
      if (resultData.error) throw new Error(resultData.error.message);
      const output = (name: string) =>
        (resultData.runData[name]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
      return { xUniqueId: String(output('Send Mail')[0]?.xUniqueId), records: output('Get Message Info') };
    },
    async stayUp() {
      running = await n8n.start();
      progress('Setting up the owner …');
      const rest = await setUpOwner(running.url);
      await rest('GET', 'login');
      return [
        ['n8n', `${running.url}/workflow/${id}`],
        ['Email', owner.email],
        ['Password', owner.password],
      ];
    },
    async stop() {
      await running?.stop();
      n8n.remove();
    },
  };
}

const sendClean = {
  type: 'n8n-nodes-sendclean.sendClean',
  typeVersion: 1,
  credentials: { sendCleanApi: { id: 'sandbox', name: 'SendClean sandbox' } },
};

const id = 'sendcleanDemo001';

/** Manual trigger → the file as a binary field → Send Mail → Get Message Info. */
const workflow = (sandbox: string): N8nWorkflow => ({
  id,
  name: 'SendClean demo',
  active: false,
  settings: { executionOrder: 'v1' },
  nodes: [
    {
      id: '0',
      name: 'Inbox',
      type: 'n8n-nodes-base.stickyNote',
      typeVersion: 1,
      position: [0, -220],
      parameters: {
        width: 480,
        height: 140,
        content: `## Send an email\nChoose **Execute workflow**. The email arrives in the [sandbox inbox](${sandbox}), and goes nowhere else.`,
      },
    },
    {
      id: '1',
      name: 'Start',
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    },
    {
      id: '2',
      name: 'Invoice',
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      position: [200, 0],
      parameters: {
        assignments: {
          assignments: [{ id: 'a', name: 'file', type: 'string', value: invoice.bytes.toString('base64') }],
        },
      },
    },
    {
      id: '3',
      name: 'To File',
      type: 'n8n-nodes-base.convertToFile',
      typeVersion: 1.1,
      position: [400, 0],
      parameters: {
        operation: 'toBinary',
        sourceProperty: 'file',
        binaryPropertyName: 'invoice',
        options: { fileName: invoice.name, mimeType: invoice.type },
      },
    },
    {
      id: '4',
      name: 'Send Mail',
      ...sendClean,
      position: [600, 0],
      parameters: {
        resource: 'message',
        operation: 'sendMail',
        fromEmail: mail.from,
        fromName: mail.fromName,
        to: mail.to,
        subject: mail.subject,
        html: mail.html,
        attachments: 'invoice',
        options: { cc: mail.cc },
      },
    },
    {
      id: '5',
      name: 'Get Message Info',
      ...sendClean,
      position: [800, 0],
      parameters: {
        resource: 'message',
        operation: 'getMessageInfo',
        xUniqueId: '={{ $json.xUniqueId }}',
        returnAll: true,
      },
    },
  ],
  connections: Object.fromEntries(
    ['Start', 'Invoice', 'To File', 'Send Mail', 'Get Message Info']
      .map((name, index, names): [string, string | undefined] => [name, names[index + 1]])
      .filter(([, next]) => next)
      .map(([name, next]) => [name, { main: [[{ node: next, type: 'main', index: 0 }]] }]),
  ),
});
