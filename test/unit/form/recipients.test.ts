import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toRecipients } from '../../../shared/form/recipients';

describe('recipients', () => {
  const jane = { email: 'jane@example.com', type: 'to' };
  const doe = { name: 'Doe, John', email: 'john@example.com', type: 'to' };
  const forms: [title: string, value: unknown, expected: object[]][] = [
    ['a plain address', 'jane@example.com', [jane]],
    ['several, with commas', 'jane@example.com, "Doe, John" <john@example.com>', [jane, doe]],
    ['several, with semicolons', '"Doe, John" <john@example.com>; jane@example.com;', [doe, jane]],
    ['a list of both', ['jane@example.com', { email: 'john@example.com', name: 'Doe, John' }], [jane, doe]],
    [
      'an object with a type of its own',
      { email: 'jane@example.com', type: 'cc' },
      [{ ...jane, type: 'cc' }],
    ],
    ['a list that skips places', Object.assign(Array(3), { 1: 'jane@example.com' }), [jane]],
    ['a list that claims a billion entries', Object.assign(Array(1e9), { 7: 'jane@example.com' }), [jane]],
    ['a list with empty entries', [null, 'jane@example.com', undefined, '', ' \n', []], [jane]],
    ['the places of a list alone', Object.assign(['jane@example.com'], { index: 0, input: 'a' }), [jane]],
    ['a row without a person', [{ email: '', name: null }, { email: ' ' }, 'jane@example.com'], [jane]],
    [
      'a row of a name alone as one that validation refuses',
      { email: ' ', name: 'Jane' },
      [{ email: '', name: 'Jane', type: 'to' }],
    ],
    [
      'JSON text of a list',
      '["jane@example.com", {"email": "john@example.com", "name": "Doe, John"}]',
      [jane, doe],
    ],
    ['JSON text of an object', ' {"address": "john@example.com", "name": "Doe, John"}\n', [doe]],
    ['JSON text in a list', ['["jane@example.com"]', null], [jane]],
    ['JSON text of an empty list as nobody', '[]', []],
    [
      'JSON text that is broken as one that validation refuses',
      '["jane@example.com",',
      [{ email: '["jane@example.com",', type: 'to' }],
    ],
    [
      'an object that is broken as one that validation refuses',
      ' { "email":"jane@example.com"',
      [{ email: ' { "email":"jane@example.com"', type: 'to' }],
    ],
    [
      'an object in single quotes that is broken as one that validation refuses',
      "{'email': 'jane@example.com', 'name': 'Jane'}, john@example.com",
      [{ email: "{'email': 'jane@example.com', 'name': 'Jane'}, john@example.com", type: 'to' }],
    ],
    [
      'addresses that begin with a brace, as their part before the @ may',
      "{{a@example.com, {}b@example.com, {'c'@example.com",
      ['{{a', '{}b', "{'c'"].map((local) => ({ email: `${local}@example.com`, type: 'to' })),
    ],
    ['a name with a bracket', '[External] Jane <jane@example.com>', [{ ...jane, name: '[External] Jane' }]],
    [
      'an object as email libraries have it',
      { name: 'Doe, John', address: 'john@example.com', group: undefined },
      [doe],
    ],
    ['a type of such an object', { address: 'jane@example.com', type: 'bcc' }, [{ ...jane, type: 'bcc' }]],
    [
      'a header as mailparser has it',
      {
        value: [
          { address: 'jane@example.com', name: '' },
          { address: 'john@example.com', name: 'Doe, John' },
        ],
        html: '<span>',
        text: 'x',
      },
      [jane, doe],
    ],
    [
      'several such headers',
      [
        { value: [{ address: 'jane@example.com' }] },
        { value: [{ address: 'john@example.com', name: 'Doe, John' }] },
      ],
      [jane, doe],
    ],
    [
      'a group of such a header',
      { value: [{ name: 'Team', address: '', group: [{ address: 'jane@example.com', name: '' }] }] },
      [jane],
    ],
    [
      'an object with a value of its own beside the address',
      { email: 'jane@example.com', value: [], group: [] },
      [{ ...jane, value: [], group: [] }],
    ],
    [
      'an object whose value is no list as no recipient',
      { value: 'jane@example.com' },
      [{ email: undefined, type: 'to' }],
    ],
    [
      'blanks and line breaks around addresses and names',
      [' jane@example.com\r\n', { email: '\tjohn@example.com ', name: ' Doe,\r\n John\n' }],
      [jane, doe],
    ],
    [
      'a name that a header folds',
      'Doe\r\n John <john@example.com>, \r\n jane@example.com',
      [{ ...doe, name: 'Doe John' }, jane],
    ],
    [
      'a quoted name that a header folds',
      'jane@example.com, "Doe,\r\n John" <john@example.com>',
      [jane, doe],
    ],
    [
      'a column of a sheet that is indented',
      ' jane@example.com\n john@example.com',
      [jane, { email: 'john@example.com', type: 'to' }],
    ],
    [
      'a column with a name over an address as two',
      'Jane\njane@example.com',
      [{ email: 'Jane', type: 'to' }, jane],
    ],
    [
      'an address in quotes that are never closed as one that validation refuses',
      '"J <j@x.co> k@x.co',
      [{ email: '"J <j@x.co> k@x.co', type: 'to' }],
    ],
    ['an object with an empty name', { email: 'jane@example.com', name: '' }, [jane]],
    ['an object without a name', { email: 'jane@example.com', name: undefined, type: null }, [jane]],
    ['an object whose address is no text, for validation to name', { email: 7 }, [{ email: 7, type: 'to' }]],
    ['an object without an address as none', { name: 'Jane' }, [{ email: undefined, type: 'to' }]],
    ['nothing as nobody', [null], []],
    ['a number as it is', [7], [{ email: 7, type: 'to' }]],
    [
      'lists in lists',
      [['jane@example.com'], [[{ email: 'john@example.com', name: 'Doe, John' }]]],
      [jane, doe],
    ],
    ['no text at all as nobody', ' , ; \n', []],
    [
      'a column of a sheet',
      'jane@example.com\njohn@example.com\r\n',
      [jane, { email: 'john@example.com', type: 'to' }],
    ],
    ['a name that holds an address', '"j@x.co" <jane@example.com>', [{ ...jane, name: 'j@x.co' }]],
    [
      'two without a comma as one that validation refuses',
      'J <j@x.co> k@x.co',
      [{ email: 'J <j@x.co> k@x.co', type: 'to' }],
    ],
    [
      'a domain beyond ASCII',
      'Jane <jane@exämple.de>',
      [{ email: 'jane@xn--exmple-cua.de', name: 'Jane', type: 'to' }],
    ],
    [
      'a domain beyond ASCII in an object',
      { email: 'jane@exämple.de' },
      [{ ...jane, email: 'jane@xn--exmple-cua.de' }],
    ],
    [
      'a domain whose letters are in parts',
      'jane@exa\u0308mple1.de',
      [{ ...jane, email: 'jane@xn--exmple1-6wa.de' }],
    ],
    ['a domain in ASCII as it is written', 'Jane@Example.COM', [{ ...jane, email: 'Jane@Example.COM' }]],
    [
      'what only begins or ends as a domain beyond ASCII as it is',
      ['jane@exämple.de/x', 'jane@x:y@exämple_1.de'].map((email) => ({ email })),
      ['jane@exämple.de/x', 'jane@x:y@exämple_1.de'].map((email) => ({ email, type: 'to' })),
    ],
    [
      'a group as those who are in it',
      'Team: jane@example.com, "Doe, John" <john@example.com>;',
      [jane, doe],
    ],
    [
      'a name with quotes, and an address in it',
      '"J \\"j@x.co\\" D" <jane@example.com>',
      [{ ...jane, name: 'J "j@x.co" D' }],
    ],
    ['a name beyond ASCII', 'Jürgen Groß <jane@example.com>', [{ ...jane, name: 'Jürgen Groß' }]],
  ];
  for (const [title, value, expected] of forms) {
    it(`reads ${title}`, () => assert.deepEqual(toRecipients(value, 'to'), expected));
  }

  it('reads lists that are nested a hundred deep, and one that holds itself', () => {
    let nested: unknown = 'jane@example.com';
    for (let depth = 0; depth < 100; depth += 1) nested = [nested];
    const circular: unknown[] = ['jane@example.com'];
    circular.push(circular, { value: circular });
    for (const value of [nested, `${'['.repeat(100)}"jane@example.com"${']'.repeat(100)}`, circular])
      assert.deepEqual(toRecipients(value, 'to'), [jane]);
  });

  it('reads a list that holds the same list again and again in no time', () => {
    let doubled: unknown[] = ['jane@example.com'];
    for (let depth = 0; depth < 200; depth += 1) doubled = [doubled, doubled];
    assert.deepEqual(toRecipients(doubled, 'to'), [jane]);
  });

  it('takes a domain of the longest length there is, and leaves a longer one to validation', () => {
    const labels = `${'ä.'.repeat(125)}de`;
    const [inAscii, longer] = toRecipients(
      [{ email: `a@${labels.slice(2)}` }, { email: `a@a.${labels}` }],
      'to',
    );
    assert.match(String(inAscii?.email), /^a@(xn--4ca\.){124}de$/);
    assert.equal(longer?.email, `a@a.${labels}`);
  });
});
