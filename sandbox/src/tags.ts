import { Tokenizer } from '../../shared/generated/libraries/htmlTokenizer';

/** A start tag of HTML. */
export interface Tag {
  /** In lower case. */
  name: string;
  /** Index in the HTML behind the name, where an attribute can be put before all others. */
  nameEnd: number;
  /** By name in lower case; of two with one name, the first counts, as in browsers. */
  attributes: ReadonlyMap<string, string>;
}

/** The start tags of HTML in their order, and the text of its style elements. */
export function readTags(html: string): { tags: Tag[]; styles: string[] } {
  const tags: Tag[] = [];
  const styles: string[] = [];
  let name = '';
  let nameEnd = 0;
  let attributes = new Map<string, string>();
  let attribute = { name: '', value: '' };
  const endOfTag = (): void => void tags.push({ name, nameEnd, attributes });
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        nameEnd = end;
        attributes = new Map();
      },
      onattribname: (start, end) => (attribute = { name: html.slice(start, end).toLowerCase(), value: '' }),
      onattribdata: (start, end) => (attribute.value += html.slice(start, end)),
      onattribentity: (codePoint) => (attribute.value += String.fromCodePoint(codePoint)),
      onattribend() {
        if (!attributes.has(attribute.name)) attributes.set(attribute.name, attribute.value);
      },
      onopentagend: endOfTag,
      onselfclosingtag: endOfTag,
      ontext(start, end) {
        if (name === 'style') styles.push(html.slice(start, end));
      },
      onclosetag: () => (name = ''),
      ...ignored,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return { tags, styles };
}

const ignored = {
  ontextentity() {},
  oncomment() {},
  oncdata() {},
  ondeclaration() {},
  onprocessinginstruction() {},
  onend() {},
};

/** What a person reads in HTML: its text without styles and scripts, with a blank between its parts. */
export function textOf(html: string): string {
  const texts: string[] = [];
  let name = '';
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname: (start, end) => (name = html.slice(start, end).toLowerCase()),
      onattribname() {},
      onattribdata() {},
      onattribentity() {},
      onattribend() {},
      onopentagend: () => void texts.push(' '),
      onselfclosingtag: () => void texts.push(' '),
      ...ignored,
      ontext(start, end) {
        if (name !== 'style' && name !== 'script') texts.push(html.slice(start, end));
      },
      ontextentity: (codePoint) => void texts.push(String.fromCodePoint(codePoint)),
      onclosetag() {
        name = '';
        texts.push(' ');
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return texts.join('').replace(/\s+/g, ' ').trim();
}
