import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { messages } from '../sandbox/client';
import {
  documentedMatrix,
  endpointOf,
  fillMatrix,
  prepareSandbox,
  startEndless,
  toldAnywhere,
  type Cell,
  type Fault,
} from '../support/faultMatrix';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const msg = { ...mail, template: 'welcome', xUniqueId: 'order-1042' };

describe('every fault, with every operation, in Node-RED', () => {
  const { url, red, deploy, requestCount } = useRuntime();
  let endless: Awaited<ReturnType<typeof startEndless>>;
  before(async () => (endless = await startEndless()));
  after(() => endless.stop());

  /** Makes one call under a fault, with two attempts at most. */
  async function cellOf(name: OperationName, fault: Fault): Promise<Cell> {
    await prepareSandbox(url(), fault);
    const endpoint = endpointOf(fault, url(), endless.url);
    await deploy(name, {}, { endpoint, attempts: '2', timeout: '2' });
    const read = { xUniqueId: 'order-1042' };
    const payload = { sendMail: msg.payload, getMessageInfo: read, sendTemplate: {}, sendTemplateGet: {} }[
      name
    ];
    red().send(ids.node, { ...msg, payload });
    const { id, msg: ended } = await red().nextOf(ids.out, ids.caught);
    const mails = (await messages(url())).length;
    const good = operations[name].effect === 'send' ? 'sent' : 'read';
    if (id === ids.out) return { requests: await requestCount(), mails, fate: good, told: '' };
    const { fate, message, attempts } = ended.sendclean as Cell & { message: string; attempts: number };
    if (!fault.endpoint) assert.equal(await requestCount(), attempts, `${fault.name}, ${name}`);
    return { requests: attempts, mails, fate, told: toldAnywhere(message) };
  }

  it('ends as docs/delivery.md says', { timeout: 300_000 }, async () => {
    const lines = await fillMatrix(cellOf);
    assert.equal(documentedMatrix(lines), lines);
  });
});
