import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { message, messages } from '../sandbox/client';
import type { Fixture } from '../support/fixtures';
import type { BinaryInput } from '../support/n8nEngine';
import type { Execution, N8nWorkflow } from './n8n';

/** A node of a workflow; its place on the canvas is not told. */
export interface WorkflowNode {
  name: string;
  [property: string]: unknown;
}

const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };

/** A workflow that runs these nodes one after the other, from a trigger on: one that a person presses, by default. */
export function chain(
  id: string,
  nodes: readonly WorkflowNode[],
  trigger: WorkflowNode = start,
): N8nWorkflow {
  const all = [trigger, ...nodes].map((node, index) => ({
    id: String(index),
    position: [index * 200, 0],
    ...node,
  }));
  const connections = Object.fromEntries(
    nodes.map(({ name }, index) => [all[index]?.name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
  );
  return { id, name: id, active: false, settings: { executionOrder: 'v1' }, nodes: all, connections };
}

/**
 * The packed node.
 * @param parameters what is entered in its form
 * @param credential id and name of an imported credential
 */
export function sendClean(name: string, parameters: object, credential = 'sandbox'): WorkflowNode {
  return {
    name,
    type: 'n8n-nodes-sendclean.sendClean',
    typeVersion: 1,
    parameters,
    credentials: { sendCleanApi: { id: credential, name: credential } },
  };
}

/** A trigger that starts an execution for each POST to `/webhook/<path>`, and answers what comes of it. */
export function webhook(path: string): WorkflowNode {
  return {
    name: 'Webhook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries' },
    webhookId: path,
  };
}

/** n8n's own nodes that put out one item, with these files in the binary fields of their names. */
export function filesInOneItem(files: Readonly<Record<string, Required<BinaryInput>>>): WorkflowNode[] {
  const binary = Object.entries(files);
  const assignments = binary.map(([name, { bytes }]) => ({
    id: name,
    name,
    type: 'string',
    value: bytes.toString('base64'),
  }));
  const nodes = binary.flatMap(([name, { fileName, mimeType }]) => [
    {
      name: `Bytes of ${name}`,
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      parameters: { assignments: { assignments }, includeOtherFields: true },
    },
    {
      name: `File ${name}`,
      type: 'n8n-nodes-base.convertToFile',
      typeVersion: 1.1,
      parameters: {
        operation: 'toBinary',
        sourceProperty: name,
        binaryPropertyName: name,
        options: { fileName, mimeType },
      },
    },
  ]);
  const sources = JSON.stringify(binary.map(([name]) => `File ${name}`));
  const jsCode = [
    'const binary = {};',
    `for (const name of ${sources}) Object.assign(binary, $(name).first().binary);`,
    'return [{ json: {}, binary }];',
  ].join('\n');
  return [
    ...nodes,
    { name: 'One item', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
  ];
}

/** The items that a node put out. */
export function output({ data }: Execution, node: string): IDataObject[] {
  assert.equal(data.resultData.error?.message, undefined);
  return data.resultData.runData[node]?.[0]?.data?.main?.[0]?.map(({ json }) => json) ?? [];
}

/** Checks that the first email of Send Mail has reached the sandbox with every byte of the fixture's files. */
export async function assertFilesArrived(url: string, files: Fixture['files']): Promise<void> {
  const sent = (await messages(url)).find(({ operation }) => operation === 'sendMail');
  assert.ok(sent, 'no mail has arrived');
  const arrived = await message(url, sent.id);
  for (const field of ['attachments', 'images'] as const) {
    const sizes = Object.values(files[field] ?? {}).map(({ bytes }) => bytes.length);
    assert.deepEqual(
      arrived[field].map(({ size }) => size),
      sizes,
      field,
    );
  }
}
