import assert from 'node:assert/strict';
import type { INodeExecutionData } from 'n8n-workflow';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Field, Operation } from '../../shared/model';
import { failureOf } from '../support/n8nFailure';
import { runNode, type NodeRun } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';
import type { Case, Outcome } from './model';

type Values = Record<string, unknown>;

/** Where a workflow has the files of its items: beside their JSON or in it. */
export type BinaryMode = 'separate' | 'combined';

/** Runs the node for cases; those whose forms have the same rows are the items of one run. */
export async function runCases(
  url: string,
  binaryMode: BinaryMode,
  name: OperationName,
  cases: readonly Case[],
): Promise<Outcome[]> {
  const operation: Operation = operations[name];
  const ended = new Map<Case, Outcome>();
  for (const [form, alike] of grouped(cases, (entered) => JSON.stringify(parametersOf(operation, entered)))) {
    const { outputs, error } = await runNode({
      parameters: JSON.parse(form) as NodeRun['parameters'],
      credential: credentialFor(url),
      items: alike.map((entered) => itemOf(operation, entered)),
      settings: { onError: 'continueRegularOutput' },
      workflowSettings: { binaryMode },
    });
    if (error) throw error;
    const items = new Map(grouped(outputs.flat(), indexOf));
    alike.forEach((entered, index) => ended.set(entered, outcomeOf(operation, items.get(index) ?? [])));
  }
  return cases.map((entered) => ended.get(entered) ?? assert.fail('every case must end'));
}

function grouped<T, Key>(all: readonly T[], keyOf: (one: T) => Key): [Key, T[]][] {
  const groups = new Map<Key, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups];
}

/** The rows of a value that n8n's form holds as such. */
export function rowsOf(value: unknown): Values[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [rows, ...others] = Object.values(value) as unknown[];
  const isRows = Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null);
  return isRows && others.length === 0 && /^(pair|file)$/.test(Object.keys(value).join()) ? rows : undefined;
}

/** What a person enters, by the names of n8n's parameters. */
function formOf(operation: Operation, entered: Case): { main: Values; options: Values } {
  const { fields, paged } = operation;
  const main: Values = paged ? { limit: entered.limit ? entered.limit.entered : 50 } : {};
  const options: Values = Object.fromEntries(
    settingFields(operation, 'n8n').map(({ name }) => [name, entered[name]?.entered]),
  );
  for (const { name, kind, place } of fields) {
    const value = entered[name]?.entered;
    const isJson = kind === 'pairs' && place === 'main' && !rowsOf(value);
    Object.assign(place === 'main' ? main : options, { [isJson ? `${name}Json` : name]: value });
    const details = entered[name]?.details;
    if (details) options[`${name}Details`] = { file: details };
  }
  return { main, options };
}

/** A form whose every field and cell is an expression, which finds in the item what a person entered. */
function parametersOf(operation: Operation, entered: Case): object {
  const { main, options } = formOf(operation, entered);
  const inJson = Object.keys(main).filter((name) => name.endsWith('Json'));
  return {
    resource: operation.resource,
    operation: operation.name,
    emailFormat: 'both',
    ...Object.fromEntries(inJson.map((name) => [name.replace('Json', 'As'), 'json'])),
    ...expressions(main, 'main'),
    ...givenFiles(operation, entered, 'main'),
    options: { ...expressions(options, 'options'), ...givenFiles(operation, entered, 'options') },
  };
}

/** The expressions of the fields whose files are not given by name. */
function givenFiles({ fields }: Operation, entered: Case, place: Field['place']): Values {
  const given = fields.flatMap(({ name, place: own }) => {
    const { expression } = entered[name] ?? {};
    return own === place && expression ? [[name, `={{ ${expression(`$json.${place}.${name}`)} }}`]] : [];
  });
  return Object.fromEntries(given) as Values;
}

function expressions(values: Values, ...path: (string | number)[]): Values {
  const entries = Object.entries(values).map(([name, value]) => {
    const rows = rowsOf(value);
    const [list = ''] = rows ? Object.keys(value as object) : [];
    const cells = rows?.map((row, index) => expressions(row, ...path, name, list, index));
    return [name, cells ? { [list]: cells } : `={{ $json${[...path, name].map(accessor).join('')} }}`];
  });
  return Object.fromEntries(entries) as Values;
}

function accessor(key: string | number): string {
  return `[${JSON.stringify(key)}]`;
}

function itemOf(operation: Operation, entered: Case): NonNullable<NodeRun['items']>[number] {
  const files = Object.values(entered).map(({ binary }) => binary);
  return {
    json: formOf(operation, entered) as INodeExecutionData['json'],
    binary: Object.assign({}, ...files),
  };
}

function indexOf({ pairedItem }: INodeExecutionData): number {
  return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : -1;
}

/** The one output of an item; a read may find several for it, or none. */
function outcomeOf({ effect }: Operation, items: readonly INodeExecutionData[]): Outcome {
  const [first] = items;
  assert.ok(effect === 'read' || items.length === 1, `an item must end once, not ${items.length} times`);
  if (first?.json.sendclean === undefined) return { result: first?.json ?? {} };
  return { error: failureOf(first) };
}
