const units = (text: string) => text.split('').map((unit) => unit.charCodeAt(0));
const hex = (code: number, digits = 0) => code.toString(16).padStart(digits, '0');
const each = (spell: (character: string) => string) => (text: string) => [...text].map(spell).join('');
const code = (character: string) => character.codePointAt(0) ?? 0;
const bytes = (character: string) => [...Buffer.from(character)];

const html: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

/** How services, proxies and the packs themselves write a text. */
export const spellings: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in a URL': encodeURIComponent,
  'in a URL with all that RFC 3986 reserves': each((one) =>
    /[!'()*]/.test(one) ? `%${hex(code(one))}` : encodeURIComponent(one),
  ),
  'in a URL in lower case': (text) =>
    encodeURIComponent(text).replace(/%../g, (escape) => escape.toLowerCase()),
  'in the query of a URL': (text) =>
    new URL(`http://x/?${text.replace(/[%&+#]/g, encodeURIComponent)}#`).search.slice(1),
  'in a form': (text) => String(new URLSearchParams([['', text]])).slice(1),
  'in a URL, byte by byte': each((one) =>
    bytes(one)
      .map((byte) => `%${hex(byte, 2)}`)
      .join(''),
  ),
  'in JSON': (text) => JSON.stringify(text).slice(1, -1),
  'in JSON of PHP': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', '\\/')
      .replace(/[^\x20-\x7e]/g, (one) => `\\u${hex(one.charCodeAt(0), 4)}`),
  'in JSON, all escaped': each((one) =>
    units(one)
      .map((unit) => `\\u${hex(unit, 4)}`)
      .join(''),
  ),
  'in JSON, all escaped in capitals': each((one) =>
    units(one)
      .map((unit) => `\\u${hex(unit, 4).toUpperCase()}`)
      .join(''),
  ),
  'in JavaScript': each((one) => (code(one) < 256 ? `\\x${hex(code(one), 2)}` : `\\u{${hex(code(one))}}`)),
  'by escape() of JavaScript': (text) => escape(text),
  'in HTML': each((one) => (html[one] ? `&${html[one]};` : one)),
  'in HTML, all numeric': each((one) => `&#${code(one)};`),
  'in HTML, all hexadecimal': each((one) => `&#x${hex(code(one), 4)};`),
};
