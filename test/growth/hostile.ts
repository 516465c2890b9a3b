/** Texts that searches and parsers stumble over, by what they are full of. */
const pieces = [
  ' ',
  '\n',
  '"',
  '\\"',
  '"\\"',
  '\\',
  '<',
  '<a',
  '<a b=',
  '<!--',
  '<style>',
  '&',
  '&#',
  'url( ',
  'cid:',
  '%',
  '(',
  '[',
  '[{',
  '{"a":',
  ';',
  ',',
  '@',
  'a@b.co ',
  'a@b.co,',
  '.',
  '-',
  'a',
  '\ud800',
];

/** A text of a length, full of a piece. Its end fits nothing before it, so that a pattern has to try all ways to match. */
function full(piece: string, length: number): string {
  return `${piece.repeat(length / piece.length)}\u0001`;
}

const marks = (length: number) =>
  Array.from({ length: length / 10 }, (_, index) => `file ${index}`).join('\n');

/** Hostile texts of a length, by their names. */
export const texts: Readonly<Record<string, (length: number) => string>> = {
  ...Object.fromEntries(
    pieces.map((piece) => [JSON.stringify(piece), (length: number) => full(piece, length)]),
  ),
  ...Object.fromEntries(
    ['url(', '"a@b.co', '<a b="', 'data:', '['].map((start) => [
      `blanks after ${start}`,
      (length: number) => start + full(' ', length),
    ]),
  ),
  marks,
};

const few = new Set(
  [' ', '"\\"', '\\', '<a', '&', 'url( ', '[{', ';', ',', '@'].map((piece) => JSON.stringify(piece)),
);

/** One text of each kind, for what takes long to begin with. */
export const fewTexts: typeof texts = Object.fromEntries(
  Object.entries(texts).filter(([name]) => few.has(name) || ['marks', 'blanks after url('].includes(name)),
);

const list = (length: number, make: (index: number) => unknown) =>
  Array.from({ length }, (_, index) => make(index));

/** Lists and objects with a number of entries, by their names. */
export const collections: Readonly<Record<string, (entries: number) => object>> = {
  texts: (entries) => list(entries, (index) => `jane${index}@example.com`),
  'the same text': (entries) => list(entries, () => 'jane@example.com'),
  numbers: (entries) => list(entries, (index) => index),
  lists: (entries) => list(entries, () => []),
  recipients: (entries) =>
    list(entries, (index) => ({ email: `jane${index}@example.com`, name: `Jane ${index}` })),
  pairs: (entries) => list(entries, (index) => ({ name: `X-${index}`, value: 'a' })),
  names: (entries) => Object.fromEntries(list(entries, (index) => [`X-${index}`, 'a']) as [string, string][]),
};

/** Texts of each kind, alone and as every property that an entry of a list may have. */
export function manyTexts(length: number): unknown[] {
  const all = Object.values(fewTexts).map((make) => make(length));
  const entries = all.map((text) => {
    const file = { filename: text, content: text, contentType: text, cid: text };
    return [{ email: text, name: text, value: text, ...file }];
  });
  return [...all, ...entries];
}

export function manyCollections(entries: number): object[] {
  return Object.values(collections).map((make) => make(entries));
}
