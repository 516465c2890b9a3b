/** The form of Send and Wait for Response beside that of n8n's own Send Email: workflows move from one to the other. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { INodeProperties } from 'n8n-workflow';
import { removeEngine, sendCleanNode } from '../support/n8nEngine';
import { installHost } from './install/index';

/** What n8n's form has and ours leaves out. */
const leftOut = [
  // A line about n8n below the email.
  'appendAttribution',
  // HTML and styles of one's own in the page, whose policy allows neither.
  ...['elementName', 'html', 'responseFormCustomCss'],
  // Of an older version of n8n's form; it is read, but boxes are what it becomes.
  'multiselect',
];

/** All parameters of a form, those of collections as well. */
function parametersOf(form: readonly unknown[]): INodeProperties[] {
  return form.flatMap((one) => {
    const { options = [], values = [], ...parameter } = one as INodeProperties & { values?: unknown[] };
    const isParameter = 'type' in parameter && parameter.type !== 'notice';
    return [...(isParameter ? [one as INodeProperties] : []), ...parametersOf([...options, ...values])];
  });
}

const namesOf = (form: INodeProperties[]) => [...new Set(form.map(({ name }) => name))].sort();

/** The values that any of the parameters of a name offers. */
function choicesOf(form: INodeProperties[], name: string): string[] {
  const all = form.filter((one) => one.name === name).flatMap(({ options = [] }) => options);
  return [...new Set(all.map((one) => String((one as { value?: unknown }).value)))].sort();
}

describe('the form of Send and Wait for Response', () => {
  let theirs: INodeProperties[];
  let ours: INodeProperties[];
  before(async () => {
    const host = await installHost('n8n', () => undefined);
    const file = 'n8n-nodes-base/dist/nodes/EmailSend/v2/sendAndWait.operation.js';
    const { description } = createRequire(join(host, 'package.json'))(file) as { description: unknown[] };
    theirs = parametersOf(description);
    const { properties } = sendCleanNode().description;
    ours = parametersOf(
      properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('sendAndWait')),
    );
    await removeEngine();
  });

  it('has the parameters of n8n’s own Send Email, by their names', () => {
    const missing = namesOf(theirs).filter((name) => !namesOf(ours).includes(name));
    assert.deepEqual(missing, [...leftOut].sort());
  });

  it('offers the same choices in them, but for HTML of one’s own', () => {
    for (const name of ['responseType', 'approvalType', 'limitType', 'resumeUnit', 'limitSelection'])
      assert.deepEqual(choicesOf(ours, name), choicesOf(theirs, name), name);
    const types = choicesOf(theirs, 'fieldType').filter((type) => type !== 'html');
    assert.deepEqual(choicesOf(ours, 'fieldType'), types);
  });
});
