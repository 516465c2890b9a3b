/** What the list is made with, of the library `entities`. */
export interface EntityLibrary {
  EntityDecoder: new (
    tree: Uint16Array,
    found: () => void,
  ) => { startEntity(mode: number): void; write(input: string, offset: number): number };
  DecodingMode: { Strict: number };
  htmlDecodeTree: Uint16Array;
  decodeHTML(html: string): string;
  decodeHTMLStrict(html: string): string;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];

/** All entities that the library knows, as `treeOf` in `entityTree.ts` takes them. */
export function entityList(library: EntityLibrary): string {
  const names = new Map<string, string[]>();
  const find = (start: string) => {
    if (!continues(library, start)) return;
    const value = library.decodeHTMLStrict(`&${start};`);
    if (value !== `&${start};`) {
      const isBare = library.decodeHTML(`&${start} `) === `${value} `;
      names.set(value, [...(names.get(value) ?? []), `${isBare ? '!' : ''}${start}`]);
    }
    for (const letter of letters) find(`${start}${letter}`);
  };
  find('');
  let previous = 0;
  const inOrder = [...names].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder
    .map(([value, ofValue]) => {
      const [point = 0, ...more] = [...value].map((character) => character.codePointAt(0) ?? 0);
      const step = point - previous;
      previous = point;
      const points = step === 1 && more.length === 0 ? [] : [step, ...more];
      return [...points.map((one) => one.toString(36)), ofValue.join(',')].join('.');
    })
    .join(' ');
}

/** Whether a name begins like this; the reader then waits for more of it. */
function continues({ EntityDecoder, DecodingMode, htmlDecodeTree }: EntityLibrary, start: string): boolean {
  const decoder = new EntityDecoder(htmlDecodeTree, () => {});
  decoder.startEntity(DecodingMode.Strict);
  return start === '' || decoder.write(start, 0) === -1;
}
