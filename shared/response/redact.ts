import { finderOf, type Find, type Stretch } from './spellings';

/** A host's secrets, of which the core knows only how to take them out of a text. */
export interface Redact {
  /** Takes the token out of a text of a result. */
  result(text: string): string;
  /** Takes token and owner ID out of a text of an error. */
  error(text: string): string;
}

interface Secrets {
  token?: string | undefined;
  ownerId?: string | undefined;
}

const blackedOut = '***';

/**
 * Blacks out secrets in all their spellings, such as in a URL, in JSON or in HTML. The host makes it, so that no secret
 * enters the core. An owner ID may be a word that emails hold: it is looked for as a word of its own, and in errors only.
 */
export function createRedact({ token = '', ownerId = '' }: Secrets): Redact {
  const tokens = finders(token);
  const owners = finders(ownerId);
  const result = remembering((text) => {
    let left = text;
    for (const find of tokens) left = without(left, find);
    return left;
  });
  const error = remembering((text) => {
    let left = result(text);
    for (const find of owners) left = without(left, find, isWord);
    return left;
  });
  return { result, error };
}

/** How many texts without a secret are remembered, of how many characters at most. */
const known = { entries: 100, length: 200 };

/** Looks once for secrets in a text that comes again and again: to most emails the service says the same. */
function remembering(redact: (text: string) => string): (text: string) => string {
  const harmless = new Set<string>();
  return (text) => {
    if (harmless.has(text)) return text;
    const left = redact(text);
    if (left === text && text.length <= known.length) {
      if (harmless.size === known.entries) harmless.clear();
      harmless.add(text);
    }
    return left;
  };
}

/** Nothing is secret. */
export const noRedact: Redact = createRedact({});

/**
 * Takes what a function blacks out from all texts, names and numbers of a JSON value.
 * @param redact one of the functions of `Redact`.
 */
export function redactJson<Json>(json: Json, redact: (text: string) => string): Json {
  return redacted(json, redact) as Json;
}

function redacted(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return redact(String(value)) === blackedOut ? blackedOut : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => redacted(one, redact));
  const entries = Object.entries(value).map(([name, one]) => [redact(name), redacted(one, redact)]);
  return Object.fromEntries(entries);
}

function finders(secret: string): Find[] {
  return (secret ? [secret, ...asNumber(secret)] : []).map(finderOf);
}

/** From so many characters on, another spelling of a number is no accident. */
const shortestNumber = 8;

/** A secret of digits as it comes out of JSON in which it is a number, if that has another spelling. */
function asNumber(secret: string): string[] {
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(secret)) return [];
  const number = String(Number(secret));
  return number !== secret && number.length >= shortestNumber ? [number] : [];
}

/** A text without the stretches that are found. */
function without(text: string, find: Find, isSecret?: (text: string, found: Stretch) => boolean): string {
  const kept: string[] = [];
  let from = 0;
  let at = 0;
  for (let found = find(text, at); found; found = find(text, at)) {
    at = found.start + 1;
    if (isSecret && !isSecret(text, found)) continue;
    kept.push(text.slice(from, found.start), blackedOut);
    from = found.end;
    at = found.end;
  }
  return kept.join('') + text.slice(from);
}

const begin = /(?:(?<![\p{L}\p{N}_-])|(?<=%[\da-f]{2}|\\u[\da-f]{4}))/iuy;
const end = /(?![\p{L}\p{N}_-])/uy;

/** Whether no letter, digit or hyphen makes a stretch part of a longer word; an escape before it does not. */
function isWord(text: string, found: Stretch): boolean {
  begin.lastIndex = found.start;
  end.lastIndex = found.end;
  return begin.test(text) && end.test(text);
}
