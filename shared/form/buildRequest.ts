import { toAddress } from './addresses';
import { SendCleanError, invalid, invalidFields, type Problem } from '../errors';
import { isEmpty } from './empty';
import { toRequestValue } from './fieldValues';
import type { OperationName } from '../generated/types';
import { joinHeaders, leftOutNote } from './headers';
import { labelOf, nameFields } from './labels';
import { kindOf, type Field, type FormValues, type Operation } from '../model';
import { child, pathOf, valueAt } from '../paths';
import { problemsIn } from '../request/validation';
import { listed, phrase, say, term, type Words } from '../phrase';

/** Settings of the account that fill empty fields. */
export type AccountDefaults = Readonly<Partial<Record<NonNullable<Field['account']>, string>>>;

type Note = (sentence: Words) => void;

/** What is said when neither the form nor the account has a value that every call needs. */
const missing: Record<keyof AccountDefaults, Words> = {
  smtpUser: phrase`is required: enter the SMTP user in the account, or in the options here`,
};

/**
 * The request that a form's values make, its keys in the order of the form's fields. It is still to be
 * validated.
 * @param note called with a sentence about each field of which something is left out.
 * @throws SendCleanError of kind `validation` for required fields that are empty and values that cannot be read.
 */
export function buildRequest(
  operation: Operation<OperationName>,
  values: FormValues,
  account: AccountDefaults = {},
  note: Note = () => undefined,
): object {
  const request = {};
  const problems: Problem[] = [];
  for (const field of operation.fields) {
    try {
      addField(request, operation, field, values, account, note);
    } catch (error) {
      if (!(error instanceof SendCleanError)) throw error;
      problems.push(...error.problems);
    }
  }
  problems.push(...emptyTogether(operation, request));
  if (problems.length === 0) return request;
  // A person wants to hear of everything at once, also of what is wrong beside it.
  const others = problemsIn(operation.name, request).filter(
    ({ path }) => labelOf(operation, path) !== undefined,
  );
  throw nameFields(invalidFields([...distinct(problems), ...others]), { operation, request });
}

/** An address that cannot be read is a problem of its own field, and of the one for the name beside it. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.path} ${say(one.reason)}`, one])).values()];
}

function addField(
  request: object,
  operation: Operation,
  field: Field,
  values: FormValues,
  account: AccountDefaults,
  note: Note,
): void {
  const value =
    read(field, values[field.name]) ??
    read(field, field.account && account[field.account]) ??
    read(field, nameBeside(operation, field, values));
  if (value !== undefined) put(request, operation, field, value, note);
  else if (field.account) throw invalid(pathOf(field.path), missing[field.account]);
  else if (field.required) throw invalid(pathOf(field.path), phrase`is required`);
}

/** The value of a field; nothing where the field is empty, or holds only blanks where they mean nothing. */
function read(field: Field, entered: unknown): unknown {
  if (isEmpty(entered)) return undefined;
  const value = toRequestValue(field, entered);
  return isEmpty(value) ? undefined : value;
}

/** The name that was written beside an address, for the field that it belongs to. */
function nameBeside({ fields }: Operation, { name }: Field, values: FormValues): unknown {
  for (const field of fields) if (field.nameField === name) return toAddress(field, values[field.name])?.name;
  return undefined;
}

/** What is wrong where none of the fields is filled of which one is required. */
function emptyTogether({ fields }: Operation, request: object): Problem[] {
  for (const { isOneRequired, path } of fields) {
    if (!isOneRequired || valueAt(request, path) !== undefined) continue;
    const place = pathOf(path);
    const siblings = fields.filter((field) => field.isOneRequired && pathOf(field.path) === place);
    const all = listed(
      siblings.map(({ title }) => term(title)),
      'or',
    );
    return [{ path: place, reason: phrase`is empty: enter at least one recipient in ${all}` }];
  }
  return [];
}

function put(request: object, operation: Operation, field: Field, value: unknown, note: Note): void {
  const { path } = field;
  const key = path.at(-1) ?? '';
  let holder = request as Record<string, unknown>;
  for (let depth = 0; depth < path.length - 1; depth += 1) holder = child(holder, path[depth] ?? '');
  const there = holder[key];
  if (kindOf(field).headers) Object.assign(holder, value);
  else if (Array.isArray(there) && Array.isArray(value))
    holder[key] = [...(there as unknown[]), ...(value as unknown[])];
  else if (field.role === 'headers') {
    const leftOut = joinHeaders(operation, field, child(holder, key), value as object);
    if (leftOut.length > 0) note(leftOutNote(field, leftOut));
  } else holder[key] = value;
}
