/** Every field of the n8n node takes time in proportion to what it holds, in n8n's own engine. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasSetting, settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { useNode } from '../n8n/harness';
import { assertInProportion } from './growth';
import { manyCollections, manyTexts } from './hostile';

const { run } = useNode();
const settings = { onError: 'continueRegularOutput' } as const;

/** The parameters that hold content in each further Email Format. */
const contents = { markdown: 'markdown', content: 'auto' };

for (const operation of Object.values<Operation<OperationName>>(operations))
  describe(`a field of the n8n node takes time in proportion to what it holds: ${operation.title}`, () => {
    const form = { operation: operation.name, templateId: 'welcome', emailFormat: 'html' };
    const content = Object.entries(hasSetting(operation, 'emailFormat') ? contents : {});
    const written = content.map(([name, emailFormat]) => ({
      name,
      emailFormat,
      place: 'main',
      kind: 'html',
    }));
    for (const field of [...operation.fields, ...settingFields(operation, 'n8n'), ...written]) {
      const { name, place, kind } = field;
      const isJson = kind === 'pairs' && place === 'main';
      const value = { [isJson ? `${name}Json` : name]: '={{ $json.value }}' };
      const as = isJson
        ? { [`${name}As`]: 'json' }
        : 'emailFormat' in field && { emailFormat: field.emailFormat };
      const parameters = { ...form, ...as, ...(place !== 'main' ? { options: value } : value) };

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
