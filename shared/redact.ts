/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * A function that blacks out a host's secrets, as they are and as they stand in a URL. The host makes it, so that
 * the core can take them out of what the service says without knowing them.
 */
export function createRedact(...secrets: string[]): Redact {
  const spellings = secrets.filter(Boolean).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return (text) => spellings.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text);
}
