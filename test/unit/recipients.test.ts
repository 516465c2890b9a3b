import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toRecipients } from '../../shared/recipients';

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
    ['a place of a list that is empty as no recipient', Array(1), [{ email: undefined, type: 'to' }]],
    ['an object with an empty name', { email: 'jane@example.com', name: '' }, [jane]],
    ['an object without a name', { email: 'jane@example.com', name: undefined, type: null }, [jane]],
    ['an object whose address is no text, for validation to name', { email: 7 }, [{ email: 7, type: 'to' }]],
    ['an object without an address as none', { name: 'Jane' }, [{ email: undefined, type: 'to' }]],
    ['nothing as none', [null], [{ email: undefined, type: 'to' }]],
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
});
