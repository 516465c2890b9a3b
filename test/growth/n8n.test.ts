/** Every field of the n8n node takes time in proportion to what it holds, in n8n's own engine. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { useNode } from '../n8n/harness';
import { assertInProportion } from './growth';
import { manyCollections, manyTexts } from './hostile';

const { run } = useNode();
const settings = { onError: 'continueRegularOutput' } as const;

for (const operation of Object.values<Operation<OperationName>>(operations))
  describe(`a field of the n8n node takes time in proportion to what it holds: ${operation.title}`, () => {
    const form = { operation: operation.name, templateId: 'welcome', emailFormat: 'html' };
    for (const { name, place, kind } of [...operation.fields, ...settingFields(operation, 'n8n')]) {
      const isJson = kind === 'pairs' && place === 'main';
      const value = { [isJson ? `${name}Json` : name]: '={{ $json.value }}' };
      const as = isJson ? { [`${name}As`]: 'json' } : {};
      const parameters = { ...form, ...as, ...(place === 'options' ? { options: value } : value) };

      /** Gives the node an item for each value. */
      const sendAll = async (values: readonly unknown[]): Promise<void> => {
        const items = values.map((one) => ({ json: { value: one as string } }));
        const { outputs, error } = await run(parameters, {}, {}, { items, settings });
        assert.equal(error, undefined);
        assert.ok(outputs.flat().length >= items.length);
      };

      it(name, async () => {
        await assertInProportion(120_000, manyTexts, sendAll);
        await assertInProportion(20_000, manyCollections, sendAll);
      });
    }
  });
