import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { control, fault as setFault, messages } from '../sandbox/client';
import { documentedMatrix, faults, matrixLines, type Cell, type Fault } from '../support/faultMatrix';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const msg = { ...mail, template: 'welcome', xUniqueId: 'order-1042' };

describe('every fault, with every operation, in Node-RED', () => {
  const { url, red, deploy, requestCount } = useRuntime();
  let endless: Server;
  before(async () => {
    endless = createServer((_request, response) => {
      const more = () => void response.write('x'.repeat(1_000_000), more);
      more();
      response.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => endless.once('listening', resolve));
  });
  after(() => {
    endless.closeAllConnections();
    endless.close();
  });

  function endpointOf(fault: Fault): string {
    const { port } = endless.address() as AddressInfo;
    const places = {
      closed: 'http://127.0.0.1:1',
      unknown: 'https://nowhere.invalid',
      tls: url().replace('http:', 'https:'),
      endless: `http://127.0.0.1:${port}`,
    };
    return fault.endpoint ? places[fault.endpoint] : url();
  }

  /** Makes one call under a fault, with two attempts at most. */
  async function cellOf(name: OperationName, fault: Fault): Promise<Cell> {
    for (const place of ['messages', 'faults', 'requests']) await control(url(), place, undefined, 'DELETE');
    if (fault.sandbox) await setFault(url(), { ...fault.sandbox, count: null });
    const settings = { endpoint: endpointOf(fault), attempts: '2', timeout: '2' };
    await deploy(name, {}, settings);
    const payload = name === 'getMessageInfo' ? { xUniqueId: 'order-1042' } : msg.payload;
    red().send(ids.node, { ...msg, payload: name.startsWith('sendTemplate') ? {} : payload });
    const { id, msg: ended } = await red().nextOf(ids.out, ids.caught);
    const mails = (await messages(url())).length;
    const { effect } = operations[name];
    if (id === ids.out)
      return { requests: await requestCount(), mails, fate: effect === 'send' ? 'sent' : 'read', told: '' };
    const { fate, message, attempts } = ended.sendclean as {
      fate: string;
      message: string;
      attempts: number;
    };
    const requests = fault.endpoint ? attempts : await requestCount();
    assert.equal(requests, attempts, `${fault.name}, ${name}: ${message}`);
    return {
      requests,
      mails,
      fate,
      told: message.replace('cannot be looked up now', 'is not known'),
    };
  }

  it('ends as docs/delivery.md says', { timeout: 300_000 }, async () => {
    const cells = new Map<string, { send: Cell; read: Cell }>();
    for (const fault of faults) {
      const send = await cellOf('sendMail', fault);
      for (const name of ['sendTemplate', 'sendTemplateGet'] as const) {
        const { told, ...same } = await cellOf(name, fault);
        assert.deepEqual(
          { ...same, told: told.replace(/messages\/\w+/, '') },
          { ...send, told: send.told.replace(/messages\/\w+/, '') },
        );
      }
      assert.ok(send.mails <= 1, `${fault.name}: ${send.mails} mails`);
      assert.ok(send.fate !== 'notSent' || send.mails === 0, fault.name);
      cells.set(fault.name, { send, read: await cellOf('getMessageInfo', fault) });
    }
    const lines = matrixLines(cells);
    assert.equal(documentedMatrix(lines), lines);
  });
});
