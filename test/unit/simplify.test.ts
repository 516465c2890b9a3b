import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { simplify } from '../../shared/simplify';

const time = 1458034022169;
const iso = '2016-03-15T09:27:02.169Z';
const simple = (record: object) => simplify(operations.getMessageInfo, record);

describe('a simplified record', () => {
  it('has its time as ISO 8601, whether the service gives a number or text', () => {
    assert.deepEqual(simple({ time }), { time: iso });
    assert.deepEqual(simple({ time: String(time) }), { time: iso });
  });

  it('has one list of visits in place of three', () => {
    const openData = { ip: ['192.0.2.1', '192.0.2.2'], ua: ['A', 'B'], time: [time, String(time)] };
    assert.deepEqual(simple({ openData }), {
      opens: [
        { time: iso, ip: '192.0.2.1', userAgent: 'A' },
        { time: iso, ip: '192.0.2.2', userAgent: 'B' },
      ],
    });
  });

  it('keeps what a shorter list leaves out empty', () => {
    const clickData = { ip: ['192.0.2.1'], time: [] };
    assert.deepEqual(simple({ clickData }), {
      clicks: [{ time: undefined, ip: '192.0.2.1', userAgent: undefined }],
    });
  });

  it('leaves what is not as documented as it is', () => {
    const odd = { time: 'yesterday', openData: 'none', more: { a: 1 } };
    assert.deepEqual(simple(odd), { time: 'yesterday', opens: 'none', more: { a: 1 } });
    assert.deepEqual(simple({ time: null }), { time: null });
  });
});
