import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSize } from '../../../shared/form/sizeLimit';

describe('the limit for the size of files', () => {
  it('is none unless it is set', () => {
    checkSize(1e12, undefined);
  });

  it('is a number of megabytes, up to which files are taken', () => {
    checkSize(2_000_000, 2);
    assert.throws(() => checkSize(2_000_001, 2), {
      kind: 'validation',
      path: 'sizeLimit',
      message: 'Size Limit (MB) is exceeded: attachments and images are 2.0 MB together, the limit is 2 MB',
    });
    assert.throws(() => checkSize(12_345_678, 0.5), {
      message: /are 12\.3 MB together, the limit is 0\.5 MB$/,
    });
  });
});
