/** A template as the SendClean panel would hold it; dynamic fields look like `{{NAME}}`. */
export interface Template {
  subject: string;
  html: string;
  text: string;
}

export const defaultTemplates: readonly (readonly [id: string, template: Template])[] = [
  [
    'welcome',
    {
      subject: 'Welcome, {{NAME}}',
      html: '<h1>Welcome, {{NAME}}</h1><p>We will write to you at {{Email}}.</p>',
      text: 'Welcome, {{NAME}}\n\nWe will write to you at {{Email}}.',
    },
  ],
];

/** A simple template under an ID of one's own. */
export function templateNamed(id: string): Template {
  return {
    subject: `Template ${id}`,
    html: `<h1>Template ${escapeHtml(id)}</h1><p>Hello {{NAME}}</p>`,
    text: `Template ${id}\n\nHello {{NAME}}`,
  };
}

/**
 * The template with its dynamic fields filled. A field without a value stays as it is, so that a misspelt name
 * shows in the inbox.
 */
export function fill(template: Template, values: Readonly<Record<string, string>>): Template {
  const put = (text: string, encode: (value: string) => string): string =>
    text.replace(/\{\{([^{}]+)\}\}/g, (field, name: string) =>
      Object.hasOwn(values, name) ? encode(String(values[name])) : field,
    );
  const asIs = (value: string): string => value;
  return {
    subject: put(template.subject, asIs),
    html: put(template.html, escapeHtml),
    text: put(template.text, asIs),
  };
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
