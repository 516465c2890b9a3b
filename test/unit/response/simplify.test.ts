import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { simplify } from '../../../shared/response/simplify';

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

  it('begins with what matters most, under names that say what it is', () => {
    const record = { more: 'a', click: 2, open: 1, subject: 'Hi', status: 'open', email: 'jane@example.com' };
    assert.deepEqual(Object.entries(simple(record)), [
      ['email', 'jane@example.com'],
      ['status', 'open'],
      ['subject', 'Hi'],
      ['openCount', 1],
      ['clickCount', 2],
      ['more', 'a'],
    ]);
  });

  it('says what it was found by, and sizes in words, in ten properties at most', () => {
    const record = {
      ...{
        email: 'jane@example.com',
        status: 'open',
        subject: 'Hi',
        open: 1,
        click: 0,
        time,
        sender: 'a@b.example',
      },
      ...{ openData: {}, clickData: {}, sendFrom: '192.0.2.1', mailSize: 4096, attchSize: 1024 },
    };
    const made = simplify(operations.getMessageInfo, record, { xUniqueId: 'order-1042' });
    assert.deepEqual(Object.keys(made), [
      ...['email', 'status', 'xUniqueId', 'subject', 'openCount', 'clickCount', 'time', 'opens', 'clicks'],
      'attachmentSize',
    ]);
    assert.partialDeepStrictEqual(made, { xUniqueId: 'order-1042', attachmentSize: 1024 });
  });

  it('leaves what is not as documented as it is', () => {
    const odd = { time: 'yesterday', openData: 'none', more: { a: 1 } };
    assert.deepEqual(simple(odd), { time: 'yesterday', opens: 'none', more: { a: 1 } });
    for (const value of [null, '', ' ', {}, []]) assert.deepEqual(simple({ time: value }), { time: value });
    for (const value of [null, 7, { ip: 'one' }, { ip: ['one'], ua: 'one' }, { time: 7 }])
      assert.deepEqual(simple({ openData: value }), { opens: value });
  });
});
