import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filledIn, readAnswer } from '../../nodes/SendClean/sendAndWait/answer';
import { questionEmail } from '../../nodes/SendClean/sendAndWait/email';
import { headers, questionPage } from '../../nodes/SendClean/sendAndWait/page';
import { readQuestion } from '../../nodes/SendClean/sendAndWait/question';

const evil = `"><script>alert('x')</script>&`;

/** A question by the parameters of the node. */
const ask = (parameters: Readonly<Record<string, unknown>>) =>
  readQuestion((name, fallback) => parameters[name] ?? fallback);

const form = (...values: object[]) => ask({ responseType: 'customForm', formFields: { values } });

describe('the page of Send and Wait for Response', () => {
  it('escapes all that the workflow says', () => {
    const fields = ['text', 'textarea', 'dropdown', 'radio', 'checkbox', 'file'].map((fieldType, index) => ({
      fieldType,
      fieldLabel: `${evil}${index}`,
      placeholder: evil,
      defaultValue: evil,
      acceptFileTypes: evil,
      fieldOptions: { values: [{ option: evil }] },
    }));
    const question = ask({
      responseType: 'customForm',
      subject: evil,
      message: evil,
      options: { responseFormButtonLabel: evil, messageButtonLabel: evil },
      formFields: { values: fields },
    });
    const approval = ask({
      subject: evil,
      message: evil,
      approvalOptions: { values: { approvalType: 'double', approveLabel: evil, disapproveLabel: evil } },
    });
    for (const one of [question, approval])
      for (const html of [questionPage(one, [evil]), questionEmail(one, `https://a.example/?a=${evil}`).html])
        assert.doesNotMatch(html, /<script|'x'/);
  });

  it('lets nothing be loaded or run, and is not framed', () => {
    const policy = headers['Content-Security-Policy'] ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.match(policy, /frame-ancestors 'none'/);
  });

  for (const [what, values, sentence] of [
    ['without a field', [], /^Form Elements must have at least one field/],
    ['with a field without a label', [{ fieldType: 'text' }], /^Form Elements must have a label \(field 1\)/],
    [
      'with a type that there is not',
      [{ fieldLabel: 'A', fieldType: 'html' }],
      /cannot have the element type "html"/,
    ],
    [
      'with nothing to choose from',
      [{ fieldLabel: 'A', fieldType: 'radio' }],
      /must have options to choose from/,
    ],
    ['with one label twice', [{ fieldLabel: 'A' }, { fieldLabel: 'A' }], /has two fields with the label "A"/],
  ] as const)
    it(`is refused as a form ${what}`, () => {
      assert.throws(
        () => form(...values),
        (error: Error & { labelled?: unknown }) => {
          return sentence.test(error.message) || sentence.test(String(error).replace('SendCleanError: ', ''));
        },
      );
    });
});

describe('an answer', () => {
  it('that is wrong is there again when it is asked again, but for passwords', () => {
    const question = form(
      { fieldLabel: 'Name' },
      { fieldLabel: 'Pin', fieldType: 'password' },
      {
        fieldLabel: 'Some',
        fieldType: 'checkbox',
        fieldOptions: { values: [{ option: 'A' }, { option: 'B' }] },
      },
    );
    const sent = { 'field-0': '<Jane>', 'field-1': '1234', 'field-2': ['B'] };
    const html = questionPage(filledIn(question, sent), ['Age must be a number.']);
    assert.match(html, /name="field-0" type="text" value="&lt;Jane&gt;"/);
    assert.match(html, /value="B" checked/);
    assert.doesNotMatch(html, /1234|value="A" checked/);
  });

  it('approves or declines by the button only', () => {
    const question = ask({ approvalOptions: { values: { approvalType: 'double' } } });
    assert.deepEqual(readAnswer(question, { decision: 'approve' }, {}), { data: { approved: true } });
    assert.deepEqual(readAnswer(question, { decision: 'decline' }, {}), { data: { approved: false } });
    for (const sent of [{}, { decision: 'true' }, { approved: 'true' }])
      assert.ok('wrong' in readAnswer(question, sent, {}));
    assert.ok('wrong' in readAnswer(ask({}), { decision: 'decline' }, {}), 'there is no such button');
  });

  it('may be a text, which must be there', () => {
    const question = ask({ responseType: 'freeText' });
    assert.deepEqual(readAnswer(question, { 'field-0': ' Yes ' }, {}), { data: { text: 'Yes' } });
    assert.deepEqual(readAnswer(question, { 'field-0': ' ' }, {}), { wrong: ['Response is required.'] });
  });

  it('has the values of a form by their labels', () => {
    const options = { values: [{ option: 'A' }, { option: 'B' }] };
    const question = form(
      { fieldLabel: 'Name', requiredField: true },
      { fieldLabel: 'Age', fieldType: 'number' },
      { fieldLabel: 'Day', fieldType: 'date' },
      { fieldLabel: 'One', fieldType: 'dropdown', fieldOptions: options },
      { fieldLabel: 'Some', fieldType: 'checkbox', fieldOptions: options },
      { fieldName: 'id', fieldType: 'hiddenField', fieldValue: '7' },
      { fieldLabel: 'File', fieldType: 'file', requiredField: true },
    );
    const sent = {
      'field-0': 'Jane',
      'field-1': '4.5',
      'field-2': '2026-02-28',
      'field-3': 'B',
      'field-4': ['A', 'B'],
      'field-5': 'changed',
    };
    assert.deepEqual(readAnswer(question, sent, { 'field-6': 1 }), {
      data: { fields: { Name: 'Jane', Age: 4.5, Day: '2026-02-28', One: 'B', Some: ['A', 'B'], id: '7' } },
    });
    const wrong = { 'field-1': 'x', 'field-2': 'soon', 'field-3': 'C', 'field-4': 'C' };
    assert.deepEqual(readAnswer(question, wrong, {}), {
      wrong: [
        'Name is required.',
        'Age must be a number.',
        'Day must be a date.',
        'One must be one of its options.',
        'Some must be among its options.',
        'File is required.',
      ],
    });
  });
});
