import { Tokenizer } from '../generated/libraries/htmlTokenizer';

/** Elements that hold no words for people. */
const silent = new Set(['script', 'style', 'title', 'head', 'template']);

/** Elements that end a line. */
const lines = new Set('br p div li tr table ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr'.split(' '));

/** The words of HTML, with a line for each block. The time grows with its length. */
export function withoutTags(html: string): string {
  const parts: string[] = [];
  let inside = '';
  const nameOf = (start: number, end: number) => html.slice(start, end).toLowerCase();
  const endLine = (name: string) => {
    if (lines.has(name)) parts.push('\n');
  };
  const say = (words: string) => {
    if (inside === '') parts.push(words);
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        const name = nameOf(start, end);
        if (inside === '' && silent.has(name)) inside = name;
        endLine(name);
      },
      onclosetag(start, end) {
        const name = nameOf(start, end);
        if (name === inside) inside = '';
        endLine(name);
      },
      ontext: (start, end) => say(html.slice(start, end).replaceAll(/\s+/g, ' ')),
      ontextentity: (codePoint) => say(String.fromCodePoint(codePoint)),
      ...ignored,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  const all = parts.join('').split('\n');
  return all
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

const ignored = {
  onattribname() {},
  onattribdata() {},
  onattribentity() {},
  onattribend() {},
  onopentagend() {},
  onselfclosingtag() {},
  oncomment() {},
  oncdata() {},
  ondeclaration() {},
  onprocessinginstruction() {},
  onend() {},
};
