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

const fieldOptions = { values: [{ option: 'A, or B' }, { option: 'C' }] };
const range = { fieldLabel: 'Some', fieldType: 'checkbox', limitSelection: 'range', fieldOptions };

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

  it('shows text of any script in its own direction', () => {
    const label = 'تاريخ التسليم 📦 "الآن"';
    const question = form({ fieldLabel: label }, { ...range, fieldLabel: `${label}2` });
    const html = questionPage({ ...question, title: label, description: label });
    const shown = label.replaceAll('"', '&quot;');
    for (const tag of ['h1', 'p', 'label', 'legend'])
      assert.match(html, new RegExp(`<${tag}[^>]* dir="auto">${shown}`), tag);
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
    ['with a label of blanks', [{ fieldLabel: ' ' }], /^Form Elements must have a label \(field 1\)/],
    [
      'that asks for more choices than there are',
      [
        {
          fieldLabel: 'A',
          fieldType: 'checkbox',
          limitSelection: 'exact',
          numberOfSelections: 3,
          fieldOptions,
        },
      ],
      /has limits that no selection meets \(field 1\)/,
    ],
    [
      'that asks for at least more than at most',
      [{ ...range, minSelections: 2, maxSelections: 1 }],
      /has limits that no selection meets \(field 1\)/,
    ],
    ['that asks for half a choice', [{ ...range, minSelections: 0.5 }], /has limits that no selection meets/],
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
    assert.match(html, /name="field-0"[^>]* value="&lt;Jane&gt;"/);
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

  it('has as many of the options as the form asks for, none of them twice', () => {
    const choose = (limits: object, ...sent: string[]) => {
      const question = form({ ...range, ...limits });
      return readAnswer(question, { 'field-0': sent }, {});
    };
    const both = { data: { fields: { Some: ['A, or B', 'C'] } } };
    assert.deepEqual(choose({ limitSelection: 'exact', numberOfSelections: 2 }, 'A, or B', 'C'), both);
    assert.deepEqual(choose({ minSelections: 1, maxSelections: 9 }, 'A, or B', 'C'), both);
    assert.deepEqual(choose({}, 'A, or B', 'C'), { wrong: ['Some: choose up to 1.'] });
    const two = { limitSelection: 'exact', numberOfSelections: 2 };
    assert.deepEqual(choose(two, 'C', 'C'), { wrong: ['Some: choose 2.'] });
    assert.deepEqual(choose(two), { data: { fields: { Some: [] } } }, 'it may be left out');
    assert.match(questionPage(form({ ...range, ...two, requiredField: true })), /\(required, choose 2\)/);
  });

  it('may have several options of a dropdown, as boxes', () => {
    const question = form({ ...range, fieldType: 'dropdown', multiselect: true, defaultValue: 'A, or B' });
    assert.match(questionPage(question), /type="checkbox" name="field-0" value="A, or B" checked/);
    const sent = { 'field-0': ['A, or B', 'C'] };
    assert.deepEqual(readAnswer(question, sent, {}), { data: { fields: { Some: ['A, or B', 'C'] } } });
    assert.doesNotMatch(questionPage(filledIn(question, { 'field-0': ['C'] })), /value="A, or B" checked/);
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
