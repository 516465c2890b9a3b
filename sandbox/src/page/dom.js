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

/** A button that does something. */
export function button(title, act, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, title);
  made.addEventListener('click', act);
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

/** A value with a button that copies it. */
export function copyable(value, name) {
  return element('span', { class: 'copyable' }, element('code', {}, value), copyButton(value, name));
}

/** A button that copies a text. */
export function copyButton(value, name) {
  const copy = button('Copy', () => void copyText(value, copy), {
    class: 'copy',
    'aria-label': `Copy ${name}`,
  });
  return copy;
}

async function copyText(value, near) {
  // Other machines reach the sandbox by plain HTTP, where browsers have no clipboard.
  if (navigator.clipboard) await navigator.clipboard.writeText(value);
  else {
    const area = element('textarea', { class: 'offscreen' }, value);
    near.after(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  near.textContent = 'Copied';
  setTimeout(() => (near.textContent = 'Copy'), 1500);
}

/** “Jane Doe <jane@example.com>” */
export function address({ name, email }) {
  return name ? `${name} <${email ?? ''}>` : (email ?? '');
}

/** “1 message”, “2 messages” */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** A size in bytes for people. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, divisor] = bytes < 1e6 ? ['kB', 1e3] : ['MB', 1e6];
  return `${(bytes / divisor).toFixed(1)} ${unit}`;
}
