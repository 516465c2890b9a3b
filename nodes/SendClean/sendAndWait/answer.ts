/** What a reader answers, read from the form of the page. */
import type { IDataObject } from 'n8n-workflow';
import { emailAddress } from '../../../shared/generated/validators';
import { countText, type FormField } from './fields';
import type { Question } from './question';

/** What a page was sent with: texts, or lists of them, by the names of the inputs. */
export type Sent = Readonly<Record<string, unknown>>;

/** An answer, or what is wrong with it. */
export type Answer = { data: IDataObject } | { wrong: string[] };

/**
 * Reads the answer to a question.
 * @param files how many files came, by the names of the inputs.
 */
export function readAnswer(
  { kind, buttons, fields }: Question,
  sent: Sent,
  files: Readonly<Record<string, number>>,
): Answer {
  const decision = buttons.find(({ value }) => value === sent.decision)?.value;
  if (kind === 'approval')
    return decision
      ? { data: { approved: decision === 'approve' } }
      : { wrong: ['Choose one of the buttons.'] };
  const wrong: string[] = [];
  const values: IDataObject = {};
  for (const field of fields) {
    if (field.type === 'file') {
      if (field.isRequired && !files[field.name]) wrong.push(`${field.label} is required.`);
      continue;
    }
    const value = valueOf(field, sent[field.name]);
    const isMissing = value === '' || (Array.isArray(value) && value.length === 0);
    if (isMissing && field.isRequired) wrong.push(`${field.label} is required.`);
    else if (!isMissing && !isCountRight(field, value)) wrong.push(`${field.label}: ${countText(field)}.`);
    else if (!isMissing && !fits(field, value))
      wrong.push(`${field.label} ${expected[field.type] ?? 'is not valid'}.`);
    else values[field.label] = field.type === 'number' ? (isMissing ? null : Number(value)) : value;
  }
  if (wrong.length > 0) return { wrong };
  return { data: kind === 'freeText' ? { text: Object.values(values)[0] ?? '' } : { fields: values } };
}

/** The question with what was sent in its fields, so that nobody has to write it again. */
export function filledIn(question: Question, sent: Sent): Question {
  const fields = question.fields.map((field) =>
    ['file', 'hiddenField', 'password'].includes(field.type)
      ? field
      : { ...field, values: [valueOf(field, sent[field.name])].flat() },
  );
  return { ...question, fields };
}

/** What a field holds that nobody can change is what the person said, whatever came. */
function valueOf({ type, values }: FormField, sent: unknown): string | string[] {
  if (type === 'hiddenField') return values[0] ?? '';
  const list = [sent].flat().filter((one) => typeof one === 'string');
  return type === 'checkbox' ? [...new Set(list)] : (list[0] ?? '').trim();
}

const expected: Partial<Record<FormField['type'], string>> = {
  number: 'must be a number',
  date: 'must be a date',
  email: 'must be an email address',
  dropdown: 'must be one of its options',
  radio: 'must be one of its options',
  checkbox: 'must be among its options',
};

function isCountRight({ least, most }: FormField, value: string | string[]): boolean {
  return !Array.isArray(value) || (value.length >= least && value.length <= most);
}

function fits({ type, options }: FormField, value: string | string[]): boolean {
  if (Array.isArray(value)) return value.every((one) => options.includes(one));
  if (type === 'number') return Number.isFinite(Number(value));
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  if (type === 'email') return emailAddress(value);
  return !['dropdown', 'radio'].includes(type) || options.includes(value);
}
