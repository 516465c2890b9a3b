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
 * Blacks out secrets, as they are and as they stand in a URL. The host makes it, so that no secret enters the core.
 * An owner ID may be a word that mails hold: it is looked for as a word of its own, and in errors only.
 */
export function createRedact({ token, ownerId }: Secrets): Redact {
  const tokens = spellings(token);
  const owners = spellings(ownerId).map(word);
  const result = (text: string) =>
    tokens.reduce((redacted, one) => redacted.replaceAll(one, blackedOut), text);
  return {
    result,
    error: (text) => owners.reduce((redacted, one) => redacted.replace(one, blackedOut), result(text)),
  };
}

/** Nothing is secret. */
export const noRedact: Redact = createRedact({});

function spellings(secret = ''): string[] {
  return secret ? [secret, encodeURIComponent(secret)] : [];
}

/** A text that no letter, digit or hyphen makes part of a longer one. */
function word(text: string): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped}(?![\\p{L}\\p{N}_-])`, 'gu');
}
