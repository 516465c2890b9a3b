import type { FlowNode } from '../test/hosts/nodeRed';
import { account } from './host';
import { invoice, mail } from './mail';

const { ownerId, token, smtpUser } = account;

/** Functions of the flow. A message from the inject node waits for no HTTP response. */
const functions = {
  attach: `msg.attachments = [{ filename: ${JSON.stringify(invoice.name)}, content: msg.payload }];\nreturn msg;`,
  keep: 'msg.sent = msg.payload.xUniqueId;\nreturn msg;',
  answer:
    'if (!msg.res) return null;\nmsg.payload = { xUniqueId: msg.sent, records: msg.payload };\nreturn msg;',
  failure: 'if (!msg.res) return null;\nmsg.statusCode = 500;\nmsg.payload = msg.error.message;\nreturn msg;',
};

/** Where the nodes stand: columns and rows of the grid that Node-RED's editor has, far enough apart for their labels. */
const place = (column: number, row: number) => ({ z: 'demo', x: 110 + column * 190, y: 60 + row * 80 });

/** An inject node that only a person starts. */
const byHand = { props: [], repeat: '', crontab: '', once: false, onceDelay: 0.1, topic: '' };

/** The form of Send Mail as a person fills it in. */
function form(): Record<string, string> {
  const { from: fromEmail, fromName, to, cc, subject, html } = mail;
  const typed = Object.entries({ fromEmail, fromName, to, cc, subject, html });
  return Object.fromEntries(
    typed.flatMap(([name, value]) => [
      [name, value],
      [`${name}Type`, 'str'],
    ]),
  );
}

/**
 * Read the file → Send Mail → Get Message Info. A person starts it with the inject node and sees the result in the
 * debug sidebar; the demo itself starts it with POST /demo, and gets the result as JSON.
 */
export function demoFlow(sandbox: string): FlowNode[] {
  const info = `Press the button of **Send again**. The email arrives in the [sandbox inbox](${sandbox}), and goes nowhere else.`;
  return [
    { id: 'demo', type: 'tab', label: 'Demo', info },
    {
      id: 'demo-account',
      type: 'sendclean-account',
      name: 'Sandbox',
      domain: '',
      endpoint: sandbox,
      smtpUser,
      credentials: { ownerId, token },
    },
    { id: 'note', type: 'comment', ...place(0.4, 0), name: `Inbox: ${sandbox}`, info },
    { id: 'again', type: 'inject', ...place(0, 1), name: 'Send again', ...byHand, wires: [['read']] },
    {
      id: 'read',
      type: 'file in',
      ...place(1, 1),
      name: 'Read invoice',
      filename: invoice.path,
      filenameType: 'str',
      format: '',
      wires: [['attach']],
    },
    {
      id: 'attach',
      type: 'function',
      ...place(2, 1),
      name: 'Attach',
      func: functions.attach,
      wires: [['send']],
    },
    {
      id: 'send',
      type: 'sendclean-send-mail',
      ...place(3, 1),
      name: 'Send Mail',
      account: 'demo-account',
      ...form(),
      attachments: 'attachments',
      attachmentsType: 'msg',
      wires: [['keep']],
    },
    {
      id: 'keep',
      type: 'function',
      ...place(1, 2),
      name: 'Keep ID',
      func: functions.keep,
      wires: [['find']],
    },
    {
      id: 'find',
      type: 'sendclean-message-info',
      ...place(2, 2),
      account: 'demo-account',
      xUniqueId: 'payload.xUniqueId',
      xUniqueIdType: 'msg',
      wires: [['shown', 'answer']],
    },
    debug('shown', 'Delivery status', 'payload', place(3, 2)),
    { id: 'in', type: 'http in', ...place(0, 3), url: '/demo', method: 'post', wires: [['read']] },
    {
      id: 'answer',
      type: 'function',
      ...place(2, 3),
      name: 'Answer',
      func: functions.answer,
      wires: [['out']],
    },
    { id: 'out', type: 'http response', ...place(3, 3), name: 'Response', wires: [] },
    { id: 'catch', type: 'catch', ...place(1, 4), scope: null, wires: [['failure', 'error']] },
    {
      id: 'failure',
      type: 'function',
      ...place(2, 4),
      name: 'Failure',
      func: functions.failure,
      wires: [['out']],
    },
    debug('error', 'Error', 'error.message', place(2, 5)),
  ];
}

function debug(id: string, name: string, complete: string, at: object): FlowNode {
  return {
    id,
    type: 'debug',
    ...at,
    name,
    active: true,
    tosidebar: true,
    complete,
    targetType: 'msg',
    wires: [],
  };
}
