import fc, { type Arbitrary } from 'fast-check';

const injections = [
  'a\r\nBcc: eve@example.com',
  'a\nX-Injected: yes',
  'a\rb',
  '\r\n',
  '%0d%0aBcc:%20eve@example.com',
  'jane@example.com\r\nBcc: eve@example.com',
];
const polluting = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '{"__proto__":{"polluted":"yes"}}',
  '{"constructor":{"prototype":{"polluted":"yes"}}}',
  '{"a":"b","__proto__":"c"}',
  '[{"name":"__proto__","value":"x"}]',
  '{"toString":"x","valueOf":"x"}',
];
const puzzling = [
  '',
  ' ',
  ',',
  '@',
  'null',
  'undefined',
  '0',
  '-0',
  '1e999',
  '[]',
  '{}',
  '{"a":',
  '"text"',
  '{{ $json }}',
  '={{ 1 + 1 }}',
  '${HOME}',
  '/etc/passwd',
  'file:///etc/passwd',
  'data:,x',
  '[object Object]',
  '*',
  'a]b[c',
  'a=b&token=c',
  '<p>unclosed <img src="cid:',
  '\u0000\u0007\u001b[31m',
  '\u2028\u2029\u0085\u000b',
  '\ufeffmarked',
  '\ud83d',
  '\udc00\ud800',
  'e\u0301 \u202edesrever',
];

/** Text of any UTF-16 code units, halves of surrogate pairs among them. */
const codeUnits = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => String.fromCharCode(...units));

const huge = fc.constantFrom(20_000, 300_000).map((length) => 'ü'.repeat(length));

/** Text that nobody means to enter. */
export const oddText: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...injections, ...polluting, ...puzzling) },
  { weight: 3, arbitrary: codeUnits },
  { weight: 2, arbitrary: fc.string() },
  { weight: 2, arbitrary: fc.json({ maxDepth: 2 }) },
  { weight: 1, arbitrary: huge },
);

/** An object whose properties have the names that pollute prototypes, as its own. */
const pollutingObject = fc
  .dictionary(fc.constantFrom(...polluting.slice(0, 5), 'name', 'value', 'key', 'email', 'content'), oddText)
  .map((given) => JSON.parse(JSON.stringify(given)) as unknown);

const pollution: Arbitrary<unknown> = fc
  .constantFrom(...polluting.slice(5))
  .map((text) => JSON.parse(text) as unknown);

const deep: Arbitrary<unknown> = fc
  .constantFrom('[]', '{"a":}')
  .map((pair) => JSON.parse(nested(pair.slice(0, -1), pair.slice(-1), 300)) as unknown);

function nested(open: string, close: string, depth: number): string {
  return open.repeat(depth) + '1' + close.repeat(depth);
}

/** Rows of the lists that fields take, with something odd in each. */
function rows(odd: Arbitrary<unknown>): Arbitrary<unknown> {
  const row = fc.oneof(
    fc.record({ name: odd, value: odd }),
    fc.record({ key: odd, value: odd }),
    fc.record({ email: odd, name: odd, type: odd }, { requiredKeys: ['email'] }),
    fc.record({ content: odd, filename: odd, contentType: odd }, { requiredKeys: ['content'] }),
  );
  return fc.oneof(row, fc.array(fc.oneof(row, odd), { maxLength: 4 }));
}

function withRows(odd: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: odd }, { weight: 1, arbitrary: rows(odd) });
}

/** Values of every type of JSON, and nothing at all. */
export const oddJson: Arbitrary<unknown> = withRows(
  fc.oneof(
    { weight: 6, arbitrary: oddText },
    { weight: 3, arbitrary: fc.constantFrom(null, undefined, true, false, [], {}, 0, -1, 0.5, 1e21) },
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    { weight: 2, arbitrary: pollutingObject },
    { weight: 1, arbitrary: pollution },
    { weight: 1, arbitrary: deep },
  ),
);

function circular(): object {
  const value: Record<string, unknown> = { name: 'a' };
  value.value = value;
  return value;
}

const bytes = fc.uint8Array({ maxLength: 12 });

/** Values of every type that JavaScript has. */
export const oddAnything: Arbitrary<unknown> = withRows(
  fc.oneof(
    { weight: 8, arbitrary: oddJson },
    {
      weight: 3,
      arbitrary: fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withObjectString: true,
        withSet: true,
        withSparseArray: true,
        withTypedArray: true,
      }),
    },
    { weight: 2, arbitrary: bytes.map((one) => Buffer.from(one)) },
    { weight: 1, arbitrary: bytes.map((one) => Buffer.from(one).toJSON()) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, -Infinity, 10n, Symbol('odd'), circular(), () => 'odd') },
  ),
);
