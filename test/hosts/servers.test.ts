import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startRedis } from './servers';

describe('the servers of the queue stand', () => {
  const { PATH } = process.env;
  beforeEach(() => void (process.env.PATH = '/nowhere'));
  afterEach(() => void (process.env.PATH = PATH));

  it('are named, with what installs them, when they are missing', async () => {
    await assert.rejects(startRedis(), {
      message: 'redis-server is not installed: run apt-get install redis-server postgresql',
    });
  });
});
