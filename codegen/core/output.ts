import type { GeneratedFile, Output } from '../output';
import { envelopesSource, operationTableSource } from '../model/operations';
import { eventsSource } from './events';
import { librarySources } from './libraries';
import { typesSource } from './types';
import { expectedSource, validatorsSource, validatorsTypes } from './validators';

const folder = 'shared/generated';

/** What the core is made of: types, validators, the table of operations, and the libraries that it bundles. */
export const coreOutput: Output = {
  places: [{ folder, isGenerated: (path) => !path.endsWith('README.md') }],
  async files(table, source) {
    const files: GeneratedFile[] = [
      ['operations.ts', operationTableSource(table)],
      ['envelopes.ts', envelopesSource(source)],
      ['types.ts', await typesSource(source)],
      ['validators.js', await validatorsSource(source)],
      ['validators.d.ts', validatorsTypes],
      ['events.ts', await eventsSource(source)],
      ['expected.ts', expectedSource(source)],
      ...(await librarySources()),
    ];
    return files.map(([name, text]) => [`${folder}/${name}`, text]);
  },
};
