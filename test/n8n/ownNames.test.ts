import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { failureOf } from '../support/n8nFailure';
import { assertSentence, holding, ownNames } from '../support/ownNames';
import { useNode } from './harness';

describe("what has the name of every object's own in the n8n node", () => {
  const { run } = useNode();
  const items = ownNames.flatMap(holding).map((value) => ({ json: { value: value as string } }));

  for (const operation of Object.values<Operation<OperationName>>(operations)) {
    for (const { name, place, kind } of [...operation.fields, ...settingFields(operation, 'n8n')]) {
      it(`is read as text, or refused in a sentence: ${operation.title}, ${name}`, async () => {
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
        const settings = { onError: 'continueRegularOutput' } as const;
        const { outputs, error } = await run({ ...changes, ...as }, {}, {}, { items, settings });
        assert.equal(error, undefined);
        for (const item of outputs.flat()) {
          if (item.json.sendclean === undefined) continue;
          assertSentence(failureOf(item).message);
        }
      });
    }
  }
});
