import { Tokenizer } from '../generated/libraries/htmlTokenizer';

/** An attribute of a tag, with where its value is in the HTML, quotes included. */
export interface Attribute {
  /** In lower case. */
  name: string;
  /** With its entities decoded. */
  value: string;
  start: number;
  end: number;
}

/** Told what HTML consists of, in its order. */
export interface MarkupVisitor {
  attribute(attribute: Attribute): void;
  /** The text of a style element, with its place in the HTML. */
  style(text: string, start: number): void;
  comment(text: string): void;
}

/** Reads HTML as browsers do: a tag without an end does not count, nor does the second attribute of one name. */
export function readMarkup(html: string, visitor: MarkupVisitor): void {
  const attributes = new Map<string, Attribute>();
  let tag = '';
  let attribute = { name: '', value: '', nameEnd: 0 };
  let style = { text: '', start: 0 };
  const endOfTag = () => attributes.forEach((one) => visitor.attribute(one));
  const endOfStyle = () => {
    if (style.text !== '') visitor.style(style.text, style.start);
    style = { text: '', start: 0 };
    tag = '';
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        tag = html.slice(start, end).toLowerCase();
        attributes.clear();
      },
      onattribname(start, end) {
        attribute = { name: html.slice(start, end).toLowerCase(), value: '', nameEnd: end };
      },
      onattribdata(start, end) {
        attribute.value += html.slice(start, end);
      },
      onattribentity(codePoint) {
        attribute.value += String.fromCodePoint(codePoint);
      },
      onattribend(_quote, end) {
        const { name, value, nameEnd } = attribute;
        if (!attributes.has(name))
          attributes.set(name, { name, value, start: valueStart(html, nameEnd), end });
      },
      onopentagend: endOfTag,
      onselfclosingtag: endOfTag,
      ontext(start, end) {
        if (tag !== 'style') return;
        if (style.text === '') style.start = start;
        style.text += html.slice(start, end);
      },
      onclosetag: endOfStyle,
      oncomment: (start, end, surplus) => visitor.comment(html.slice(start, end - surplus)),
      onend: endOfStyle,
      ...ignored,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

const ignored = {
  ontextentity() {},
  oncdata() {},
  ondeclaration() {},
  onprocessinginstruction() {},
};

/** The tokenizer says where the name of an attribute ends, not where its value begins. */
function valueStart(html: string, nameEnd: number): number {
  const equals = /\s*=?\s*/y;
  equals.lastIndex = nameEnd;
  equals.exec(html);
  return equals.lastIndex;
}
