import assert from 'node:assert/strict';
import { operations } from '../../shared/generated/operations';
import { flowOf, ids, type AccountSettings } from '../support/nodeRedFlow';
import type { FlowNode } from './nodeRed';
import { uniqueId } from './orders';

/** A message for each order, to the node that sends them. */
const each = `return [msg.payload.orders.map(({ id }) => ({
  ...msg,
  from: 'shop@example.com',
  to: \`customer-\${id}@example.com\`,
  topic: \`Your order \${id}\`,
  payload: 'Thank you.',
  xUniqueId: \`${uniqueId('${id}')}\`,
}))];`;

/**
 * A flow that sends an email for each order of a POST to `/orders`, and answers what happened to them all.
 * @param senders how many nodes of the account send each of them, once for all by default.
 */
export function ordersFlow(endpoint: string, count: number, senders = 1): FlowNode[] {
  const { flows, credentials } = flowOf('sendMail', { endpoint }, { skipSent: ['yes', 'choice'] });
  const find = (wanted: string) => flows.find(({ id }) => id === wanted) ?? assert.fail(wanted);
  const at = { z: 'tab', x: 0, y: 0 };
  const all = {
    mode: 'custom',
    build: 'array',
    property: 'payload',
    propertyType: 'msg',
    count: count * senders,
  };
  const names = Array.from({ length: senders }, (_, index) => `${ids.node}${index}`);
  return [
    { ...find('tab'), type: 'tab' },
    { ...find('account'), type: 'sendclean-account', credentials: credentials?.account ?? {} },
    { id: 'in', type: 'http in', ...at, url: '/orders', method: 'post', wires: [['each']] },
    { id: 'each', type: 'function', ...at, func: each, wires: [names] },
    ...names.map((id) => ({
      ...find(ids.node),
      id,
      type: operations.sendMail.hosts.nodeRed.type,
      wires: [['all']],
    })),
    { id: 'all', type: 'join', ...at, ...all, wires: [['answer']] },
    { id: 'answer', type: 'http response', ...at, wires: [] },
  ];
}

/** A flow that sends an email for each POST to `/order`, and answers what comes of it. */
export function orderFlow(settings: AccountSettings): FlowNode[] {
  const fixed = { from: 'shop@example.com', to: 'jane@example.com', topic: 'Order', payload: 'Thank you.' };
  const { flows, credentials } = flowOf('sendMail', settings);
  const find = (wanted: string) => flows.find(({ id }) => id === wanted) ?? assert.fail(wanted);
  const at = { z: 'tab', x: 0, y: 0 };
  const func = `return Object.assign(msg, ${JSON.stringify(fixed)});`;
  return [
    { ...find('tab'), type: 'tab' },
    { ...find('account'), type: 'sendclean-account', credentials: credentials?.account ?? {} },
    { id: 'in', type: 'http in', ...at, url: '/order', method: 'post', wires: [['order']] },
    { id: 'order', type: 'function', ...at, func, wires: [[ids.node]] },
    { ...find(ids.node), type: operations.sendMail.hosts.nodeRed.type, wires: [['answer']] },
    { id: 'catch', type: 'catch', ...at, scope: null, wires: [['failed']] },
    {
      id: 'failed',
      type: 'function',
      ...at,
      func: 'msg.payload = msg.error; return msg;',
      wires: [['answer']],
    },
    { id: 'answer', type: 'http response', ...at, wires: [] },
  ];
}
