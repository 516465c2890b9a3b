/** What came over the wire, with the credentials blacked out and everything else byte for byte. */
export interface Wire {
  method: string;
  /** Path without the query. */
  path: string;
  headers: Partial<Record<'content-type' | 'accept' | 'user-agent', string>>;
  /** The raw body, or the raw query of a GET. */
  body: string;
}

const credentials = new Set(['owner_id', 'token']);
const redacted = '***';

/** A query with the values of the credentials replaced. */
export function redactQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const [name = ''] = new URLSearchParams(pair).keys();
      return credentials.has(name) ? `${pair.split('=', 1).join()}=${redacted}` : pair;
    })
    .join('&');
}

/**
 * A JSON object's text with the string values of its credentials replaced. Only its own properties count: a
 * template's dynamic value named `token` is content. A regular expression would run out of stack on the
 * attachments, so the text is walked.
 */
export function redactJson(json: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of credentialValues(json)) {
    kept.push(json.slice(from, start), JSON.stringify(redacted));
    from = end;
  }
  return kept.join('') + json.slice(from);
}

interface Span {
  start: number;
  /** Index behind the last character. */
  end: number;
}

function* credentialValues(json: string): Generator<Span> {
  let depth = 0;
  let key: string | undefined;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',') key = undefined;
    else if (character === '"') {
      const span = { start: at, end: endOfString(json, at) };
      if (depth === 1 && key === undefined) key = String(JSON.parse(json.slice(span.start, span.end)));
      else if (depth === 1 && key !== undefined && credentials.has(key)) yield span;
      at = span.end - 1;
    }
  }
}

/** Index behind the closing quote of the string that starts at `start`. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (json[quote - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return json.length;
}
