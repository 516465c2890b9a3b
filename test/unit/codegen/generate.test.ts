import assert from 'node:assert/strict';
import { it } from 'node:test';
import { generate } from '../../../codegen/generate';

it('the generated files are what the operation files make, to the byte', async () => {
  assert.deepEqual(await generate({ check: true }), [], 'run npm run generate, and commit these files');
});
