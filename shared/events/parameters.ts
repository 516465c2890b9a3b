/** The name of the parameter: `SendCleantes_events`, or that of another brand of the same platform. */
const eventsName = /tes_events$/i;

/**
 * The body of a request as text, or the texts of a multipart form by their names.
 * @param bytes of the body, whatever they hold.
 * @param contentType the request's header of that name.
 */
export async function readBody(
  bytes: Uint8Array<ArrayBuffer>,
  contentType = '',
): Promise<string | Record<string, unknown>> {
  const text = () => new TextDecoder().decode(bytes);
  if (!/^multipart\/form-data\b/i.test(contentType)) return text();
  try {
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  } catch {
    return text();
  }
}

/**
 * The parameters of a request, by their names; those of a list alone are none.
 * @param body the body as text, a form or JSON, or what a host has made of it.
 */
export function parametersOf(body: unknown): Record<string, unknown> {
  const content = typeof body === 'string' ? parsed(body) : body;
  if (typeof body === 'string' && !content) return gathered(new URLSearchParams(body));
  return typeof content === 'object' && content !== null && !Array.isArray(content) ? { ...content } : {};
}

/** A name that a form gives several times has a list of its values. */
function gathered(form: URLSearchParams): Record<string, unknown> {
  const values = new Map<string, string[]>();
  for (const [name, value] of form) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length > 1 ? all : all[0]]));
}

/** The values of the parameters that hold events. A list alone is such a value itself. */
export function parameterValues(body: unknown): unknown[] {
  const content = typeof body === 'string' ? parsed(body) : body;
  if (Array.isArray(content)) return [content];
  const named = Object.entries(parametersOf(content ?? body)).filter(([name]) => eventsName.test(name));
  // A form that gives a parameter twice has a list of texts.
  return named.flatMap(([, value]) => (isTexts(value) ? value : [value]));
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
