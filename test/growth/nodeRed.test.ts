/** Every field of the Node-RED nodes takes time in proportion to what it holds, in a real Node-RED. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { mail, useRuntime } from '../node-red/harness';
import { flowOf, ids } from '../support/nodeRedFlow';
import { assertInProportion } from './growth';
import { manyCollections, manyTexts } from './hostile';

const { red, url } = useRuntime();

for (const operation of Object.values<Operation<OperationName>>(operations))
  describe(`a field of the Node-RED node takes time in proportion to what it holds: ${operation.title}`, () => {
    const form = { ...mail, template: 'welcome', ...(operation.name !== 'sendMail' && { payload: {} }) };

    /** Gives the node a message for each value, and waits for all of them. */
    async function sendAll(values: readonly unknown[]): Promise<void> {
      for (const value of values) red().send(ids.node, { ...form, value });
      await Promise.all(values.map(() => red().nextOf(ids.out, ids.caught)));
    }

    for (const { name } of [...operation.fields, ...settingFields(operation, 'nodeRed')])
      it(name, async () => {
        await red().deploy(flowOf(operation.name, { endpoint: url() }, { [name]: ['value', 'msg'] }));
        await assertInProportion(120_000, manyTexts, sendAll);
        await assertInProportion(20_000, manyCollections, sendAll);
        assert.ok(red().ended().length > 0);
      });
  });
