/** The name of the parameter: `SendCleantes_events`, or that of another brand of the same platform. */
const eventsName = /tes_events$/i;

/**
 * The values of the parameters that hold events. A list alone is such a value itself.
 * @param body the body of a POST request as text, a form or JSON, or what a host has made of it.
 */
export function parameterValues(body: unknown): unknown[] {
  const content = typeof body === 'string' ? parsed(body) : body;
  if (Array.isArray(content)) return [content];
  const parameters =
    typeof body === 'string' && !content ? [...new URLSearchParams(body)] : entriesOf(content);
  const named = parameters.filter(([name]) => eventsName.test(name));
  // A form that gives a parameter twice has become a list of texts.
  return named.flatMap(([, value]: readonly [string, unknown]) => (isTexts(value) ? value : [value]));
}

function entriesOf(content: unknown): [string, unknown][] {
  return typeof content === 'object' && content !== null ? Object.entries(content) : [];
}

/** The list or the object that a text holds as JSON, if it holds one. */
export function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}
