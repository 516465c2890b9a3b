import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAjv } from '../../../codegen/model/load';
import { expected } from '../../../shared/generated/expected';
import type { SchemaViolation } from '../../../shared/generated/validators';
import { violationError } from '../../../shared/request/validation';
import { pathOf } from '../../../shared/paths';

/** What is said of a value by a schema such as an operation file may have. */
function told(schema: object, value: unknown): string {
  const ajv = createAjv({ messages: false });
  assert.equal(ajv.validate(schema, value), false);
  return violationError((ajv.errors ?? []) as SchemaViolation[], value).message;
}

const [[pattern = '', words = ''] = []] = Object.entries(expected).filter(([key]) => key.startsWith('^'));
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('what a schema does not allow', () => {
  const cases: [schema: object, value: unknown, message: string][] = [
    [object({ a: { type: 'string' } }), { a: 1 }, 'a must be text, got 1'],
    [object({ a: { type: 'integer' } }), { a: 1.5 }, 'a must be a whole number, got 1.5'],
    [object({ a: { type: 'number' } }), { a: 'x' }, 'a must be a number, got "x"'],
    [object({ a: { type: 'boolean' } }), { a: 'x' }, 'a must be true or false, got "x"'],
    [object({ a: object({}) }), { a: null }, 'a must be an object, got null'],
    [object({ a: { type: 'array' } }), { a: {} }, 'a must be a list, got an object'],
    [
      object({ a: { type: ['string', 'integer'] } }),
      { a: true },
      'a must be text or a whole number, got true',
    ],
    [object({ a: { enum: ['x', 'y'] } }), { a: 'z' }, 'a must be one of x, y, got "z"'],
    [object({ a: { const: 'x' } }), { a: 'z' }, 'a must be x, got "z"'],
    [object({ a: { type: 'string', minLength: 1 } }), { a: '' }, 'a must not be empty'],
    [object({ a: { type: 'string', minLength: 3 } }), { a: 'x' }, 'a must have at least 3 entries'],
    [
      object({ a: { type: 'string', maxLength: 2 } }),
      { a: 'xyz' },
      'a must have at most 2 characters, got "xyz"',
    ],
    [object({ a: { type: 'array', minItems: 1 } }), { a: [] }, 'a must not be empty'],
    [object({ a: { type: 'array', minItems: 2 } }), { a: [1] }, 'a must have at least 2 entries'],
    [object({ a: { type: 'array', maxItems: 1 } }), { a: [1, 2] }, 'a must have at most 1 entries'],
    [object({ a: { type: 'integer', minimum: 0 } }), { a: -1 }, 'a must be >= 0, got -1'],
    [object({ a: { type: 'integer', maximum: 9 } }), { a: 10 }, 'a must be <= 9, got 10'],
    [object({ a: { type: 'integer', multipleOf: 2 } }), { a: 3 }, 'a breaks the rule “multipleOf”, got 3'],
    [object({ a: { type: 'string', pattern } }), { a: 'x\ny' }, `a must be ${words}, got "x\\ny"`],
    [object({ a: { type: 'string', pattern: '^x$' } }), { a: 'y' }, 'a must be of another form, got "y"'],
    [object({ a: { type: 'string', format: 'base64' } }), { a: 'secret' }, 'a must be base64 text'],
    [object({ a: object({}, { required: ['b'] }) }), { a: {} }, 'a.b is required'],
    [object({ a: object({}, { additionalProperties: false }) }), { a: { b: 1 } }, 'a.b is not known'],
    [
      object({ a: object({}, { anyOf: [{ required: ['b'] }, { required: ['c'] }] }) }),
      { a: {} },
      'a.b or a.c is required',
    ],
    [
      object({ a: object({}, { propertyNames: { maxLength: 1 } }) }),
      { a: { bc: 1 } },
      'a.bc must have at most 1 characters, got "bc"',
    ],
    [object({ 'a/b~c': { type: 'string' } }), { 'a/b~c': 1 }, 'a/b~c must be text, got 1'],
    [
      object({ a: { type: 'array', items: { type: 'string' } } }),
      { a: [...'0123456789', 1] },
      'a[10] must be text, got 1',
    ],
    [object({ message: { type: 'string' } }), { message: 1 }, 'message must be text, got 1'],
    [object({ message: object({ a: { type: 'string' } }) }), { message: { a: 1 } }, 'a must be text, got 1'],
    [object({}), 7, 'The request must be an object, got 7'],
  ];
  for (const [schema, value, message] of cases) {
    it(`is told: ${message}`, () => assert.equal(told(schema, value), message));
  }

  it('is told even where nothing is known of it', () => {
    assert.equal(violationError([], {}).message, 'The request is not as expected');
  });
});

describe('a path', () => {
  it('has indexes in brackets, and only those', () => {
    assert.equal(pathOf(['to', '0', 'email']), 'to[0].email');
    assert.equal(pathOf(['headers', 'X-1', '1a']), 'headers.X-1.1a');
  });

  it('leaves out the message that nearly all stands in', () => {
    assert.equal(pathOf(['message', 'to']), 'to');
    assert.equal(pathOf(['message']), 'message');
    assert.equal(pathOf(['to', 'message']), 'to.message');
  });

  it('is the request where it is empty', () => assert.equal(pathOf([]), 'The request'));
});
