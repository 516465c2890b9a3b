/** The pages that a link in an email opens. They have no script, and work in narrow windows and in a dark scheme. */
import { createHash } from 'crypto';
import { countText, type FormField } from './fields';
import type { Button, Question } from './question';

const css = `
:root{color-scheme:light dark;--line:#767676;--accent:#0b5cad;font:16px/1.5 system-ui,sans-serif}
@media (prefers-color-scheme:dark){:root{--accent:#8ab8f0}}
body{max-width:36rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
.message{white-space:pre-wrap;overflow-wrap:anywhere}
.field{margin:1rem 0;border:0;padding:0}
label,legend{display:block;margin-bottom:.25rem;padding:0;font-weight:600}
.choice{font-weight:400}
input:not([type=checkbox],[type=radio]),textarea,select{box-sizing:border-box;width:100%;padding:.5rem;border:1px solid var(--line);border-radius:4px;font:inherit}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
button{min-height:44px;padding:.5rem 1.25rem;border:2px solid var(--accent);border-radius:4px;font:inherit;font-weight:600;cursor:pointer;background:Canvas;color:var(--accent)}
button.primary{background:var(--accent);color:Canvas}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.wrong{padding:0 .75rem;border:2px solid #c62828;border-radius:4px}
`;

/** What the pages are sent with: nothing is loaded, nothing runs, and no other page may frame them. */
export const headers: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/**
 * The page on which a reader answers. Only its form does that: to open the page changes nothing.
 * @param wrong what is wrong with an answer, which is then asked for again.
 */
export function questionPage(question: Question, wrong: readonly string[] = []): string {
  const { title, description, fields, buttons } = question;
  const hasFiles = fields.some(({ type }) => type === 'file');
  const problems = wrong.map((sentence) => `<li>${escaped(sentence)}</li>`).join('');
  return page(
    title,
    `<p class="message" dir="auto">${escaped(description)}</p>
${problems && `<div class="wrong" role="alert" dir="auto"><ul>${problems}</ul></div>`}
<form method="post"${hasFiles ? ' enctype="multipart/form-data"' : ''}>
${fields.map(field).join('\n')}
<div class="buttons">${buttons.map(button).join('')}</div>
</form>`,
  );
}

/** The page that says that an answer has been taken. */
export function thanksPage(): string {
  return page('Thank you', '<p>Your response has been recorded. You can close this page.</p>');
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

function button({ value, label, isPrimary }: Button): string {
  const look = isPrimary ? ' class="primary"' : '';
  return `<button type="submit" dir="auto" name="decision" value="${value}"${look}>${escaped(label)}</button>`;
}

function field(one: FormField): string {
  const { type, name, label, values, options } = one;
  const [value = ''] = values;
  if (type === 'hiddenField') return '';
  const notes = [one.isRequired && 'required', countText(one)].filter(Boolean);
  const title = `${escaped(label)}${notes.length > 0 ? ` <span>(${notes.join(', ')})</span>` : ''}`;
  const required = one.isRequired ? ' required' : '';
  const own = `id="${name}" name="${name}" dir="auto"${required}`;
  if (type === 'radio' || type === 'checkbox') {
    // A browser would ask for each of the boxes.
    const each = options.map((option) => {
      const isOn = values.includes(option);
      const must = type === 'radio' ? required : '';
      return `<label class="choice" dir="auto"><input type="${type}" name="${name}" value="${escaped(option)}"${isOn ? ' checked' : ''}${must}> ${escaped(option)}</label>`;
    });
    return `<fieldset class="field"><legend dir="auto">${title}</legend>${each.join('')}</fieldset>`;
  }
  const labelled = (input: string) =>
    `<div class="field"><label for="${name}" dir="auto">${title}</label>${input}</div>`;
  if (type === 'textarea')
    return labelled(
      `<textarea ${own} rows="5" placeholder="${escaped(one.placeholder)}">\n${escaped(value)}</textarea>`,
    );
  if (type === 'dropdown') {
    const each = options.map((option) => {
      const isOn = option === value ? ' selected' : '';
      return `<option value="${escaped(option)}"${isOn}>${escaped(option)}</option>`;
    });
    return labelled(`<select ${own}><option value=""></option>${each.join('')}</select>`);
  }
  if (type === 'file') {
    const accept = one.accept ? ` accept="${escaped(one.accept)}"` : '';
    return labelled(`<input ${own} type="file"${one.isMultiple ? ' multiple' : ''}${accept}>`);
  }
  const step = type === 'number' ? ' step="any"' : '';
  return labelled(
    `<input ${own} type="${type}"${step} value="${escaped(value)}" placeholder="${escaped(one.placeholder)}">`,
  );
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
