import { escaped } from './page';
import type { Button, Question } from './question';

/** A button of the email, with the page that it opens. */
interface Link {
  label: string;
  isPrimary: boolean;
}

const base = 'display:inline-block;margin:0 12px 12px 0;padding:12px 24px;border-radius:4px;font-weight:bold';
const primary = `${base};border:2px solid #0b5cad;background-color:#0b5cad;color:#ffffff;text-decoration:none`;
const secondary = `${base};border:2px solid #0b5cad;background-color:#ffffff;color:#0b5cad;text-decoration:none`;

/**
 * The email that asks. Its buttons open the page on which the reader answers, so that whoever follows all links of an
 * email, as scanners do, decides nothing.
 */
export function questionEmail(question: Question, url: string): { html: string; text: string } {
  const { kind, message, buttons, label } = question;
  const links: readonly (Link | Button)[] = kind === 'approval' ? buttons : [{ label, isPrimary: true }];
  const styled = links.map(
    (one) =>
      `<a href="${escaped(url)}" style="${one.isPrimary ? primary : secondary}">${escaped(one.label)}</a>`,
  );
  const lines = escaped(message).replaceAll(/\r\n?|\n/g, '<br>\n');
  return {
    html: `<div style="font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
<p dir="auto" style="margin:0 0 24px">${lines}</p>
<p style="margin:0">${styled.join('\n')}</p>
</div>
`,
    text: `${message}\n\n${links.map((one) => one.label).join(' / ')}: ${url}\n`,
  };
}
