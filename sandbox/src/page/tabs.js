import { element } from './dom.js';

/**
 * A row of tabs with their panels.
 * @param {string} label of the row, for those who hear it
 * @param {{ name: string, count?: number, content: () => Node }[]} panels of which each is made when it is first shown
 * @param {string | undefined} first name of the one to show, if it is there
 * @param {(name: string) => void} chosen called with the name of a tab that a person chooses
 */
export function tabs(label, panels, first, chosen) {
  const bar = element('div', { role: 'tablist', 'aria-label': label });
  const bodies = panels.map(({ name }, index) =>
    element('div', {
      role: 'tabpanel',
      id: `panel-${index}`,
      'aria-labelledby': `tab-${index}`,
      'data-part': name,
      hidden: true,
    }),
  );
  const choose = (index) => {
    if (!bodies[index].firstChild) bodies[index].append(panels[index].content());
    bodies.forEach((body, one) => (body.hidden = one !== index));
    [...bar.children].forEach((tab, one) => {
      tab.setAttribute('aria-selected', String(one === index));
      tab.tabIndex = one === index ? 0 : -1;
    });
  };
  panels.forEach(({ name, count }, index) => {
    const attributes = { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': `panel-${index}` };
    const number = element('span', { class: 'number', 'data-of': name }, count ? String(count) : '');
    const tab = element('button', attributes, name, ' ', number);
    tab.addEventListener('click', () => {
      choose(index);
      chosen(name);
    });
    bar.append(tab);
  });
  bar.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const from = [...bar.children].indexOf(document.activeElement);
    const next = bar.children[(from + step + panels.length) % panels.length];
    next.click();
    next.focus();
  });
  choose(
    Math.max(
      panels.findIndex(({ name }) => name === first),
      0,
    ),
  );
  return element('div', { class: 'parts' }, bar, ...bodies);
}
