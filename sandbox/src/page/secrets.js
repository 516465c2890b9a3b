import { button, copyable, element } from './dom.js';
import { read } from './requests.js';

/** The secrets that a person has asked to see, by the path of their control route. */
const shown = new Map();

/** Reads anew the secrets that are shown, as they may have been reset. */
export async function readShownSecrets() {
  for (const path of shown.keys()) {
    const found = await read(path).catch(() => undefined);
    if (found) shown.set(path, Object.values(found)[0]);
    else shown.delete(path);
  }
}

/**
 * A password or a key, read and shown only when a person asks for it.
 * @param {string} name what it is and of what, such as “password of smtp-sandbox”
 * @param {string} path of the control route that gives it
 * @param {() => Promise<void>} refresh shows the view again, with or without it
 */
export function secret(name, path, refresh) {
  const [title] = name.split(' ', 1);
  const isShown = shown.has(path);
  const act = () => {
    if (isShown) shown.delete(path);
    else shown.set(path, '');
    void refresh();
  };
  const verb = isShown ? 'Hide' : 'Show';
  const toggle = button(`${verb} ${title}`, act, {
    id: path,
    class: 'copy',
    'aria-label': `${verb} ${name}`,
  });
  return element('div', { class: 'actions' }, isShown ? copyable(shown.get(path), name) : '', toggle);
}
