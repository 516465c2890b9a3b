/** Small helpers of the inbox page. What comes from an email is only ever set as text. */

/**
 * Makes an element.
 * @param {string} name
 * @param {Record<string, string | boolean | undefined>} attributes `true` for one without a value
 * @param {...(Node | string)} content
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...content);
  return made;
}

/** One choice of a select. */
export function option(value, title, attributes = {}) {
  return element('option', { value, ...attributes }, title);
}

/** Rows of a description list. */
export function terms(pairs) {
  return pairs.flatMap(([term, ...content]) => [element('dt', {}, term), element('dd', {}, ...content)]);
}

/**
 * Reads a control route.
 * @throws Error with the sandbox's own sentence when it refuses
 */
export async function read(path) {
  const reply = await fetch(`/_sandbox/${path}`);
  if (!reply.ok) throw new Error((await reply.json()).error);
  return reply.json();
}

/** “Jane Doe <jane@example.com>” */
export function address({ name, email }) {
  return name ? `${name} <${email ?? ''}>` : (email ?? '');
}

/** A size in bytes for people. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, divisor] = bytes < 1e6 ? ['kB', 1e3] : ['MB', 1e6];
  return `${(bytes / divisor).toFixed(1)} ${unit}`;
}

/** A moment for people, with the exact one in its attribute. */
export function moment(time, style) {
  const date = new Date(time);
  return element(
    'time',
    { datetime: date.toISOString() },
    new Intl.DateTimeFormat(undefined, style).format(date),
  );
}
