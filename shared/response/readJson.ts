/** So deeply is JSON from outside read: what handles it in a host calls itself for each level. */
const maxDepth = 500;

/**
 * The JSON value of a body, or undefined. The vendor's own samples hold stray semicolons (vendor's page “Messages
 * Calls”), which are left out.
 */
export function readJson(body: string): unknown {
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body;
  const json = parsed(text) ?? parsed(withoutSemicolons(text));
  return isHarmless(json, maxDepth) ? json : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One pass over a text of any length, however many of its quotes have no partner. */
function withoutSemicolons(text: string): string {
  let isString = false;
  return text.replace(/\\.|[";]/gs, (sign) => {
    if (sign === '"') isString = !isString;
    return sign === ';' && !isString ? '' : sign;
  });
}

/**
 * Whether a JSON value is nested no deeper than a limit. Takes `__proto__` out of it, by which a flow that merges objects
 * would change all others.
 */
export function isHarmless(json: unknown, limit: number): boolean {
  if (typeof json !== 'object' || json === null) return true;
  if (limit === 0) return false;
  if (Object.hasOwn(json, '__proto__')) delete (json as Record<string, unknown>)['__proto__'];
  for (const key in json) {
    if (!isHarmless((json as Record<string, unknown>)[key], limit - 1)) return false;
  }
  return true;
}
