import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { flowOf, type Typed } from '../support/nodeRedFlow';
import { account } from '../support/sandbox';
import { canaries, inPieces } from './canary';
import type { FlowNode } from './nodeRed';

/** A call that `POST /<path>` makes. */
export interface FlowCall {
  path: string;
  operation: OperationName;
  /** Whether a Catch node takes its errors; they go to the log otherwise. */
  isCaught: boolean;
  inputs?: Record<string, Typed>;
}

/** Where the flow finds the attachment: `functionGlobalContext` of the settings. */
export const globalContext = {
  files: [{ filename: 'attachment.txt', content: canaries.attachment.text }],
};

/** What the log holds anyway: finding it shows that messages are in it. */
export const witness = 'Witness of the messages';

const body = inPieces(canaries.body, '&');

const inputs = {
  fromEmail: ['shop@example.com', 'str'],
  to: ['jane@example.com', 'str'],
  subject: ['Canary', 'str'],
  html: [body, 'jsonata'],
  templateId: [account.template, 'str'],
  dynamicValues: [`{"NAME": ${body}}`, 'jsonata'],
  attachments: ['files', 'global'],
} satisfies Record<string, Typed>;

/** Puts the whole message into the log, and into the answer to whoever made the call. */
const tell = `
const { req, res, ...rest } = msg;
node.log(JSON.stringify(rest));
return { req, res, payload: rest };`;

/** The flow of all calls on an account with the canaries, at an endpoint. */
export function flowOfCalls(calls: readonly FlowCall[], endpoint: string): FlowNode[] {
  const { ownerId, token } = canaries;
  const settings = { endpoint, ownerId: ownerId.text, token: token.text, attempts: '2', timeout: '1' };
  const { flows, credentials } = flowOf('sendMail', settings);
  const accountNode = flows.find(({ id }) => id === 'account');
  if (!accountNode) throw new Error('The flow has no account');
  return [{ ...accountNode, credentials: credentials?.account ?? {} }, ...calls.flatMap(tab)];
}

/** A tab with a call and all nodes that see something of it: Catch, Complete, Status and what comes after it. */
function tab({ path, operation, isCaught, inputs: more }: FlowCall): FlowNode[] {
  const id = (name: string) => `${path}-${name}`;
  const node = (name: string, type: string, rest: object): FlowNode => ({
    id: id(name),
    type,
    z: id('tab'),
    x: 0,
    y: 0,
    ...rest,
  });
  const { flows } = flowOf(operation, {}, { ...inputs, xUniqueId: [path, 'str'], ...more });
  const call = flows.find(({ type }) => type === operations[operation].hosts.nodeRed.type);
  const seen = { func: tell, wires: [[]] };
  return [
    { id: id('tab'), type: 'tab', label: path },
    node('in', 'http in', { url: `/${path}`, method: 'post', wires: [[id('start')]] }),
    node('start', 'function', {
      func: `return { req: msg.req, res: msg.res, witness: ${JSON.stringify(witness)}, payload: '' };`,
      wires: [[id('call'), ...(isCaught ? [] : [id('answer')])]],
    }),
    { ...call, ...node('call', operations[operation].hosts.nodeRed.type, { wires: [[id('sent')]] }) },
    node('sent', 'function', { ...seen, wires: [isCaught ? [id('answer')] : []] }),
    ...(isCaught
      ? [
          node('catch', 'catch', { scope: [id('call')], wires: [[id('failed')]] }),
          node('failed', 'function', { ...seen, wires: [[id('answer')]] }),
        ]
      : []),
    node('complete', 'complete', { scope: [id('call')], wires: [[id('completed')]] }),
    node('completed', 'function', seen),
    node('status', 'status', { scope: [id('call')], wires: [[id('shown')]] }),
    node('shown', 'function', seen),
    node('answer', 'http response', { wires: [] }),
  ];
}
