/** How the content of an email is written, which a person chooses as its Email Format. */
import { invalid } from '../../../shared/errors';
import { isNothing } from '../../../shared/form/empty';
import { writeMarkdown } from '../../../shared/form/htmlText';
import { readContentSettings } from '../../../shared/form/readSettings';
import { settings } from '../../../shared/form/settings';
import type { Field, FormValues, Operation } from '../../../shared/model';
import { pathOf } from '../../../shared/paths';
import { shown } from '../../../shared/quote';
import { phrase } from '../../../shared/phrase';

type Get = (name: string) => unknown;

/** The parameters into which content is written that is not yet known to be HTML or plain text, by their formats. */
const unwritten: Readonly<Record<string, 'markdown' | 'content'>> = { markdown: 'markdown', auto: 'content' };

/** Whether a field counts: the Email Format hides HTML or text, or both of them. */
export function hasField({ name, plainText }: Field, { fields }: Operation, get: Get): boolean {
  const format = plainText ? 'html' : fields.some((other) => other.plainText === name) && 'text';
  return !format || [format, 'both'].includes(formatOf(get, {}).format);
}

/**
 * Reads content that is written in another format than HTML or plain text. Changes the values.
 * @throws SendCleanError of kind `validation`.
 */
export async function readContent(
  { fields }: Operation,
  values: Record<string, unknown>,
  get: Get,
  options: FormValues,
): Promise<void> {
  const html = fields.find(({ plainText }) => plainText !== undefined);
  if (!html) return;
  const { format, allowsHtml } = formatOf(get, options);
  const name = unwritten[format];
  if (!name) return;
  const value = get(name);
  const { title } = settings[name];
  if (isNothing(value)) throw invalid(pathOf(html.path), phrase`is required`, title);
  if (typeof value === 'object')
    throw invalid(pathOf(html.path), phrase`must be text, got ${shown(value)}`, title);
  values[html.name] = value;
  if (format === 'markdown') await writeMarkdown([html], values, allowsHtml);
}

function formatOf(get: Get, options: FormValues) {
  return readContentSettings({ ...options, emailFormat: get('emailFormat') }, 'n8n');
}
