import fc, { type Arbitrary } from 'fast-check';
import { requests } from '../../shared/generated/validators';
import type { OperationName } from '../../shared/generated/types';
import type { Field, Operation } from '../../shared/model';
import { account } from '../support/sandbox';

/** What the sandbox's account knows, by the property of the request. */
export const known: Readonly<Record<string, readonly string[]>> = {
  smtp_user_name: [account.smtpUser, 'smtp12345', 'Benutzer “2” 🎉'],
  template_id: [account.template, 'template 2', 'Grüße & mehr = 100 %'],
};

/** Kinds of text, each with what is enough of it to ask a validator whether it is taken. */
const families: { samples: readonly string[]; texts: Arbitrary<string> }[] = [
  {
    samples: ['Grüße “x” 🎉', '\u202e \ud83d'],
    texts: fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map((text) => text.replace(/[\r\n]/g, '')),
      fc.constantFrom('12345', ' spaces ', 'tab\tand\u0000null', '\ud83d half', 'x'.repeat(200)),
    ),
  },
  {
    samples: ['one\r\ntwo\nthree\r'],
    texts: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }).map((lines) => lines.join('\r\n')),
  },
  {
    samples: ['jane+orders@mail.example.com'],
    texts: fc.emailAddress({ size: 'small' }).filter((address) => address.length < 60),
  },
  { samples: ['a.example.com', 'xn--exmple-cua.de'], texts: fc.domain() },
];

/** A field's example, as it stands in a request. */
function example({ kind, placeholder = '', choices }: Field): unknown {
  if (kind === 'recipients') return [{ email: placeholder }];
  if (kind === 'choice' || kind === 'switch') return choices?.[0]?.value;
  if (kind === 'number') return Number(placeholder);
  if (kind === 'boolean') return true;
  return ['pairs', 'attachments', 'images'].includes(kind) ? undefined : placeholder;
}

function isNeeded({ required, isOneRequired, account: setting, kind }: Field): boolean {
  return required || isOneRequired === true || setting !== undefined || kind === 'html';
}

/** Whether a request of the examples is valid with a value at the place of a field. */
export function takes(operation: Operation, field: Field, value: unknown): boolean {
  const request = {};
  for (const one of operation.fields) {
    const given = one === field ? value : isNeeded(one) ? example(one) : undefined;
    if (given !== undefined) setAt(request, one.path, given);
  }
  return requests[operation.name as OperationName](request);
}

/** Sets what stands at a path, making the objects on the way. */
export function setAt(holder: object, [key = '', ...rest]: readonly string[], value: unknown): void {
  const at = holder as Record<string, object>;
  if (rest.length > 0) setAt((at[key] ??= {}), rest, value);
  else Object.assign(holder, { [key]: value });
}

/** Texts that a field takes. */
export function texts(operation: Operation, field: Field): Arbitrary<string> {
  const judged = known[field.path.at(-1) ?? ''];
  if (judged) return fc.constantFrom(...judged);
  const taken = families.filter(({ samples }) => samples.every((sample) => takes(operation, field, sample)));
  const valid = taken.map((family) =>
    family.texts.filter((text) => text !== '' && takes(operation, field, text)),
  );
  return fc.oneof(fc.constant(field.placeholder ?? 'text'), ...valid);
}
