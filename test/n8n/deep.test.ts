import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { nestings } from '../support/nestings';
import { assertSentence } from '../support/ownNames';
import { useNode } from './harness';

describe('an item that is nested too deeply for functions that call themselves, in the n8n node', () => {
  const { run, inbox } = useNode();
  const items = nestings.map((value) => ({ json: { value: value as string } }));
  const settings = { onError: 'continueRegularOutput' } as const;

  it('is no obstacle where the form does not use it', async () => {
    const { outputs, error } = await run({}, {}, {}, { items, settings });
    assert.equal(error, undefined);
    assert.equal(outputs[0]?.length, items.length);
    assert.equal((await inbox()).length, items.length);
  });

  for (const operation of Object.values<Operation<OperationName>>(operations)) {
    for (const { name, place, kind } of [...operation.fields, ...settingFields(operation, 'n8n')]) {
      it(`is read, or refused in a sentence: ${operation.title}, ${name}`, async () => {
        const isJson = kind === 'pairs' && place === 'main';
        const value = { [isJson ? `${name}Json` : name]: '={{ $json.value }}' };
        const form = {
          operation: operation.name,
          templateId: 'welcome',
          xUniqueId: 'a',
          emailFormat: 'html',
        };
        const changes = place !== 'main' ? { ...form, options: value } : { ...form, ...value };
        const as = isJson ? { [`${name}As`]: 'json' } : {};
        const { outputs, error } = await run({ ...changes, ...as }, {}, {}, { items, settings });
        assert.equal(error, undefined);
        const all = outputs.flat();
        assert.ok(all.length >= items.length);
        for (const item of all) {
          if (item.json.sendclean !== undefined) assertSentence(item.json.error);
        }
      });
    }
  }
});
