import assert from 'node:assert/strict';
import type { INodeExecutionData } from 'n8n-workflow';

/** What a failed item says of its error. */
export interface Failure {
  kind: string;
  fate: string;
  message: string;
  advice: string;
  path?: string;
  status?: number;
  xUniqueId?: string;
  email?: string;
}

/** The data of a failed item, as a flow reads them. */
export function failureOf({ json }: INodeExecutionData): Failure {
  assert.ok(isFailure(json.sendclean), `the item did not fail: ${JSON.stringify(json)}`);
  return json.sendclean;
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'fate' in value;
}
