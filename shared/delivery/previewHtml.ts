import type { Email, Person } from './email';
import { withImageAddresses } from '../request/imageReferences';

/**
 * What the page may do. It has no script of its own, and the email is in a frame that lets none run. Pictures from
 * elsewhere are shown, as they are part of the email.
 */
const policy = [
  "default-src 'none'",
  'img-src data: https: http:',
  'font-src data: https:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const styles = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { display: flex; flex-direction: column; box-sizing: border-box; height: 100vh; margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 0; padding: 12px; overflow: auto; max-height: 30vh; }
dt { opacity: 0.7; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { flex: 1; border: 0; border-top: 1px solid #888; background: #fff; color-scheme: light; }
pre { flex: 1; margin: 0; padding: 12px; overflow: auto; border-top: 1px solid #888; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** A page that shows an email with its inline images. Nothing in the email can run, whatever it holds. */
export function previewHtml(email: Email): string {
  const { subject, from, to, cc, bcc, attachments } = email;
  const rows: [title: string, text: string][] = [
    ['Subject', subject],
    ['From', from ? written(from) : ''],
    ['To', to.map(written).join(', ')],
    ['CC', cc.map(written).join(', ')],
    ['BCC', bcc.map(written).join(', ')],
    ['Attachments', attachments.map(({ name }) => name).join(', ')],
  ];
  const filled = rows.filter(([, text]) => text !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escaped(subject)}</title>
<style>${styles}</style>
</head>
<body>
<dl>
${filled.map(([title, text]) => `<dt>${title}</dt><dd>${escaped(text)}</dd>`).join('\n')}
</dl>
${content(email)}
</body>
</html>
`;
}

function content({ html, text = '', images }: Email): string {
  if (html === undefined) return `<pre>${escaped(text)}</pre>`;
  const addresses = new Map(
    images.map(({ name, type, content }) => [name, `data:${type};base64,${content}`]),
  );
  const shown = withImageAddresses(html, (id) => addresses.get(id));
  return `<iframe title="Email" sandbox="" srcdoc="${escaped(shown)}"></iframe>`;
}

function written({ name, address }: Person): string {
  return name ? `${name} <${address}>` : address;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
