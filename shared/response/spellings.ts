/** How often an escape may be escaped again, as JSON within JSON or a URL within a URL is. */
const depth = 3;

/** So many backslashes become of one that is escaped as often. */
const backslashes = 2 ** depth;

/** Names of characters in HTML (https://html.spec.whatwg.org/multipage/named-characters.html), those of ASCII. */
const entities: Readonly<Record<string, string>> = {
  '!': 'excl',
  '"': 'quot|QUOT',
  '#': 'num',
  $: 'dollar',
  '%': 'percnt',
  '&': 'amp|AMP',
  "'": 'apos',
  '(': 'lpar',
  ')': 'rpar',
  '*': 'ast|midast',
  '+': 'plus',
  ',': 'comma',
  '.': 'period',
  '/': 'sol',
  ':': 'colon',
  ';': 'semi',
  '<': 'lt|LT',
  '=': 'equals',
  '>': 'gt|GT',
  '?': 'quest',
  '@': 'commat',
  '[': 'lbrack|lsqb',
  '\\': 'bsol',
  ']': 'rbrack|rsqb',
  '^': 'Hat',
  _: 'lowbar|UnderBar',
  '`': 'grave|DiacriticalGrave',
  '{': 'lbrace|lcub',
  '|': 'verbar|vert|VerticalLine',
  '}': 'rbrace|rcub',
};

/** A backslash, itself escaped or not; JSON within JSON has several of them before one character. */
const backslash = `(?:\\\\|%(?:25){0,${depth}}5[cC])`;
const maybeBackslashes = `${backslash}{0,${backslashes}}`;

/** The other marks of escapes. `u0025` and the like come behind backslashes. Nothing repeats without a limit. */
const percentSign = '(?:%|u0025)';
const percent = `${percentSign}(?:25){0,${depth}}`;
const hash = `(?:#|${percent}23)`;
const semicolon = `(?:;|${percent}3[bB])`;
const ampersand = `(?:&|${percent}26|u0026)`;
const amp = `(?:amp${semicolon})`;

/** Where a text spells a secret: the indexes of its first character and behind its last one. */
export interface Stretch {
  start: number;
  end: number;
}

/** Finds the first stretch of a text, from an index on, that spells a secret. */
export type Find = (text: string, from: number) => Stretch | undefined;

/** So many characters decide whether a place of a text is looked at closely. */
const glance = 2;

/**
 * Finds a secret in all its spellings and mixtures of them: each character may be as it is, or escaped as in a URL, a
 * form, JSON, JavaScript or HTML, and its escape once more. All ends of a beginning are followed together, so that a
 * text takes time in proportion to its length, whatever it holds.
 * @param secret a text that is not empty.
 */
export function finderOf(secret: string): Find {
  const sources = [...secret].map(spellingsOf);
  const beginning = sources.slice(0, glance).map((all) => `(?:${all.join('|')})`);
  const begins = new RegExp(beginning.join(''), 'g');
  const compiled = new Map(sources.flat().map((source) => [source, new RegExp(source, 'y')]));
  const characters = sources.map((all) => all.flatMap((source) => compiled.get(source) ?? []));
  return (text, from) => {
    begins.lastIndex = from;
    for (let begin = begins.exec(text); begin; begin = begins.exec(text)) {
      const start = begin.index;
      const end = endOf(text, start, characters);
      if (end !== undefined) return { start, end };
      begins.lastIndex = start + 1;
    }
    return undefined;
  };
}

/** Where the longest spelling that starts at an index ends, if there is one. */
function endOf(text: string, start: number, characters: readonly RegExp[][]): number | undefined {
  let ends = [start];
  for (const patterns of characters) {
    ends = [...new Set(ends.flatMap((at) => patterns.flatMap((pattern) => endsAt(pattern, text, at))))];
    if (ends.length === 0) return undefined;
  }
  return Math.max(...ends);
}

function endsAt(pattern: RegExp, text: string, at: number): number[] {
  pattern.lastIndex = at;
  return pattern.test(text) ? [pattern.lastIndex] : [];
}

/** The patterns of a character: several where escapes begin with it, so that one spelling begins as another does. */
function spellingsOf(character: string): string[] {
  const escapedMark = marks[character];
  if (escapedMark) return [...depths.map(escapedMark), ...escapesOf(character)];
  const all = alike(character).flatMap((one) => [plain(one), ...escapesOf(one)]);
  return [all.join('|')];
}

const depths = Array.from({ length: depth + 1 }, (_, times) => times);

/** The characters that escapes begin with, themselves escaped so many times. */
const marks: Readonly<Record<string, (times: number) => string>> = {
  '%': (times) => `${maybeBackslashes}${percentSign}(?:25){${times}}`,
  '&': (times) => `${maybeBackslashes}${ampersand}${amp}{${times}}`,
  '\\': (times) => `${backslash}{${2 ** times}}`,
};

/** A character as it is; what is no letter or digit may have backslashes before it. */
function plain(character: string): string {
  return (character in entities ? maybeBackslashes : '') + literal(character);
}

/** A form has a plus sign in place of a blank, and half a surrogate pair becomes U+FFFD in UTF-8. */
function alike(character: string): string[] {
  if (character === ' ' || character === '+') return [' ', '+'];
  return /\p{Cs}/u.test(character) ? [character, '\uFFFD'] : [character];
}

/** The escapes of a character in URLs, JavaScript and HTML. */
function escapesOf(character: string): string[] {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)];
  const units = unitsOf(character).map((unit) => `(?:%(?:25){0,${depth}})?u${hex(unit, 4)}`);
  const short = code < 256 ? [`(?:x|${percent})${hex(code, 2)}`] : [];
  const names = entities[character] ? [entities[character]] : [];
  const number = `${hash}0{0,6}(?:${code}|[xX]0{0,6}${hex(code)})`;
  const inBraces = `u(?:\\{|${percent}7[bB])0{0,6}${hex(code)}(?:\\}|${percent}7[dD])`;
  const entity = `${ampersand}${amp}{0,${depth}}(?:${[number, ...names].join('|')})${semicolon}`;
  const pieces = [bytes.map((byte) => percent + hex(byte, 2)), units, [inBraces], short, [entity]];
  return pieces
    .filter(({ length }) => length > 0)
    .map((all) => maybeBackslashes + all.join(maybeBackslashes));
}

/** The pattern of a number in hexadecimal digits of either case. */
function hex(number: number, digits = 1): string {
  const lower = number.toString(16).padStart(digits, '0');
  return lower.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** A pattern for a text as it is, also for one that patterns have a meaning for. */
function literal(text: string): string {
  return unitsOf(text)
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

function unitsOf(text: string): number[] {
  return text.split('').map((unit) => unit.charCodeAt(0));
}
