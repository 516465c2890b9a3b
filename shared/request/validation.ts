import { invalid, invalidFields, type Problem, type SendCleanError } from '../errors';
import { expected } from '../generated/expected';
import type { OperationName, Operations } from '../generated/types';
import { requests, type SchemaViolation, type Validator } from '../generated/validators';
import { pathOf, valueAt } from '../paths';
import { shown } from '../quote';
import { phrase, term, type Words } from '../phrase';

/**
 * Checks a request against its operation file.
 * @returns the same object.
 * @throws SendCleanError of kind `validation` with everything that does not fit.
 */
export function validateRequest<Name extends OperationName>(
  name: Name,
  request: unknown,
): Operations[Name]['request'] {
  const validator: Validator<Operations[Name]['request']> = requests[name];
  if (validator(request)) return request;
  throw violationError(validator.errors ?? [], request);
}

/** What does not fit in a request. */
export function problemsIn(name: OperationName, request: unknown): Problem[] {
  const validator: Validator<unknown> = requests[name];
  return validator(request) ? [] : problemsOf(validator.errors ?? [], request);
}

/** The error for what a validator found. */
export function violationError(violations: readonly SchemaViolation[], value: unknown): SendCleanError {
  const problems = problemsOf(violations, value);
  return problems.length > 0 ? invalidFields(problems) : invalid('The request', phrase`is not as expected`);
}

function problemsOf(violations: readonly SchemaViolation[], value: unknown): Problem[] {
  return violations.filter(isOwn).map((violation) => problemOf(violation, violations, value));
}

/** Whether a violation says something that no other says: not one alternative of several, nor a summary. */
function isOwn({ keyword, schemaPath }: SchemaViolation): boolean {
  return keyword !== 'propertyNames' && keyword !== 'if' && !/\/anyOf\/\d+\//.test(schemaPath);
}

function problemOf(violation: SchemaViolation, all: readonly SchemaViolation[], value: unknown): Problem {
  const pointer = violation.instancePath.split('/').slice(1).map(unescape);
  const { keyword, propertyName, params, schemaPath } = violation;
  const problem = (keys: readonly string[], reason: Words) => ({ path: pathOf(keys), reason });
  if (keyword === 'anyOf') {
    const alternatives = all.filter((one) => one.schemaPath.startsWith(`${schemaPath}/`));
    const paths = alternatives.map((one) => pathOf([...pointer, missingProperty(one)]));
    return { path: paths.join(' or '), reason: phrase`is required` };
  }
  if (keyword === 'required') return problem([...pointer, missingProperty(violation)], phrase`is required`);
  if (keyword === 'additionalProperties')
    return problem([...pointer, String(params.additionalProperty)], phrase`is not known`);
  const found = propertyName ?? valueAt(value, pointer);
  const where = propertyName === undefined ? pointer : [...pointer, propertyName];
  return problem(where, phrase`${expectation(violation)}${got(found, violation)}`);
}

function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function missingProperty(violation: SchemaViolation): string {
  return String(violation.params.missingProperty);
}

const typeNames: Record<string, Words> = {
  string: phrase`text`,
  integer: phrase`a whole number`,
  number: phrase`a number`,
  boolean: phrase`true or false`,
  object: phrase`an object`,
  array: phrase`a list`,
};

function expectation({ keyword, params }: SchemaViolation): Words {
  switch (keyword) {
    case 'format':
    case 'pattern':
      return phrase`must be ${term(expected[String(params.format ?? params.pattern)] ?? 'of another form')}`;
    case 'type':
      return phrase`must be ${[params.type]
        .flat()
        .map((type) => typeNames[String(type)] ?? String(type))
        .reduce((start, next) => phrase`${start} or ${next}`)}`;
    case 'enum':
      return phrase`must be one of ${[params.allowedValues].flat().join(', ')}`;
    case 'const':
      return phrase`must be ${String(params.allowedValue)}`;
    case 'minLength':
    case 'minItems':
      return params.limit === 1
        ? phrase`must not be empty`
        : phrase`must have at least ${String(params.limit)} entries`;
    case 'maxLength':
      return phrase`must have at most ${String(params.limit)} characters`;
    case 'maxItems':
    case 'maxProperties':
      return phrase`must have at most ${String(params.limit)} entries`;
    case 'minimum':
    case 'maximum':
      return phrase`must be ${String(params.comparison)} ${String(params.limit)}`;
    default:
      return phrase`breaks the rule “${keyword}”`;
  }
}

/** The value that was found; never file content. */
function got(found: unknown, { keyword, params }: SchemaViolation): Words {
  if (['minLength', 'minItems', 'maxItems', 'maxProperties'].includes(keyword) || params.format === 'base64')
    return '';
  return phrase`, got ${shown(found)}`;
}
