import { SendCleanError, invalid } from './errors';
import { expected } from './generated/expected';
import type { OperationName, Operations } from './generated/types';
import { requests, type SchemaViolation, type Validator } from './generated/validators';
import { inSentence, shown } from './quote';

/**
 * Checks a request against its operation file.
 * @returns the same object.
 * @throws SendCleanError of kind `validation` for the first thing that does not fit.
 */
export function validateRequest<Name extends OperationName>(
  name: Name,
  request: unknown,
): Operations[Name]['request'] {
  const validator: Validator<Operations[Name]['request']> = requests[name];
  if (validator(request)) return request;
  throw violationError(validator.errors ?? [], request);
}

/** The error for what a validator found, in the words of the first thing that matters. */
export function violationError(violations: readonly SchemaViolation[], value: unknown): SendCleanError {
  const violation = violations.find(({ keyword }) => keyword === 'anyOf') ?? violations[0];
  if (!violation) return invalid('The request', 'is not as expected');
  const pointer = violation.instancePath.split('/').slice(1).map(unescape);
  const alternatives = violations.filter(({ keyword }) => keyword === 'required').map(missingProperty);
  if (violation.keyword === 'anyOf') return alternativesError(pointer, alternatives);
  if (violation.keyword === 'required') {
    return invalid(pathOf([...pointer, missingProperty(violation)]), 'is required');
  }
  if (violation.keyword === 'additionalProperties') {
    return invalid(pathOf([...pointer, String(violation.params.additionalProperty)]), 'is not known');
  }
  const found = violation.propertyName ?? valueAt(value, pointer);
  const where = violation.propertyName === undefined ? pointer : [...pointer, violation.propertyName];
  return invalid(pathOf(where), expectation(violation) + got(found, violation));
}

/** `['message', 'to', '0', 'email']` → `to[0].email`, as people and the service's documentation name it. */
export function pathOf(pointer: readonly string[]): string {
  const keys = pointer[0] === 'message' && pointer.length > 1 ? pointer.slice(1) : pointer;
  const words = keys.map(inSentence);
  return (
    words.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : `${index ? '.' : ''}${key}`)).join('') ||
    'The request'
  );
}

function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function missingProperty(violation: SchemaViolation): string {
  return String(violation.params.missingProperty);
}

function alternativesError(pointer: readonly string[], names: readonly string[]): SendCleanError {
  const paths = names.map((name) => pathOf([...pointer, name]));
  return invalid(paths.join(' or '), 'is required');
}

const typeNames: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

function expectation({ keyword, params }: SchemaViolation): string {
  switch (keyword) {
    case 'format':
    case 'pattern':
      return `must be ${expected[String(params.format ?? params.pattern)] ?? 'of another form'}`;
    case 'type':
      return `must be ${[params.type]
        .flat()
        .map((type) => typeNames[String(type)])
        .join(' or ')}`;
    case 'enum':
      return `must be one of ${[params.allowedValues].flat().join(', ')}`;
    case 'const':
      return `must be ${String(params.allowedValue)}`;
    case 'minLength':
    case 'minItems':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${String(params.limit)} entries`;
    case 'maxLength':
      return `must have at most ${String(params.limit)} characters`;
    case 'maxItems':
      return `must have at most ${String(params.limit)} entries`;
    case 'minimum':
    case 'maximum':
      return `must be ${String(params.comparison)} ${String(params.limit)}`;
    default:
      return `breaks the rule “${keyword}”`;
  }
}

/** The value that was found; never file content. */
function got(found: unknown, { keyword, params }: SchemaViolation): string {
  if (['minLength', 'minItems', 'maxItems'].includes(keyword) || params.format === 'base64') return '';
  return `, got ${shown(found)}`;
}

/** What stands at a path, or undefined. */
export function valueAt(value: unknown, pointer: readonly string[]): unknown {
  return pointer.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined,
    value,
  );
}
