import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onDemand } from '../../../shared/wire/onDemand';

describe('what is loaded on demand', () => {
  it('is not loaded before somebody asks, and once for all who ask', async () => {
    let loads = 0;
    const get = onDemand(async () => (loads += 1));
    assert.equal(loads, 0);
    assert.deepEqual(await Promise.all([get(), get()]), [1, 1]);
    assert.equal(await get(), 1);
  });

  it('is loaded anew after it failed to load, and the failure is told to those who asked', async () => {
    let loads = 0;
    const get = onDemand(async () => {
      loads += 1;
      if (loads < 3) throw new Error(`failure ${loads}`);
      return loads;
    });
    const first = get();
    await assert.rejects(Promise.all([first, get()]), /failure 1/);
    await assert.rejects(get(), /failure 2/);
    assert.equal(await get(), 3);
    assert.equal(await get(), 3);
  });
});
