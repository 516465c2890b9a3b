import type { DeliveryOptions } from '../../shared/delivery';
import { deliveryFields, readDelivery } from '../../shared/deliveryFields';
import { invalid } from '../../shared/errors';
import type { Content } from '../../shared/exchange';
import { isEmpty } from '../../shared/fieldValues';
import type { Operation } from '../../shared/model';
import type { FormValues } from '../../shared/request';
import { toLimit } from '../../shared/pages';
import { asEmailFlow } from './emailFlow';
import { checkList, isFiles, toContent, toFiles } from './files';
import { readList } from './list';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';

export interface Form {
  values: FormValues;
  /** The most records that a paged operation reads. */
  limit?: number;
  /** The bytes of the files that stand in the values. */
  content: Content;
  delivery: DeliveryOptions;
}

type Evaluate = (name: string) => Promise<unknown>;

/**
 * What the node's typed inputs come to for one message.
 * @throws SendCleanError of kind `validation` naming the field that cannot be evaluated.
 */
export async function readForm(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation,
  msg: NodeMessage,
): Promise<Form> {
  const evaluate: Evaluate = (name) => evaluateField(RED, node, definition, name, msg);
  const { fields } = operation;
  const values: Record<string, unknown> = {};
  for (const { name } of fields) values[name] = await evaluate(name);
  for (const field of fields) checkList(field, values[field.name]);
  asEmailFlow({ fields, values, definition, msg });
  const files = fields.filter(isFiles).flatMap((field) => {
    const own = toFiles(field, values[field.name], msg);
    values[field.name] = own;
    return own;
  });
  const entered: Record<string, unknown> = {};
  for (const { name } of deliveryFields(operation)) entered[name] = await evaluate(name);
  const delivery = readDelivery(entered);
  return {
    values,
    content: toContent(files),
    delivery,
    ...(operation.paged && limitOf(await evaluate('limit'))),
  };
}

async function evaluateField(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  name: string,
  msg: NodeMessage,
): Promise<unknown> {
  const value = definition[name];
  const type = definition[`${name}Type`];
  if (typeof value !== 'string' || value === '') return undefined;
  const one = (given: string, as: unknown) => evaluateOne(RED, node, name, given, as, msg);
  return type === 'list' ? readList(name, value, one) : one(value, type);
}

async function evaluateOne(
  RED: NodeAPI,
  node: Node,
  name: string,
  value: string,
  type: unknown,
  msg: NodeMessage,
): Promise<unknown> {
  try {
    return await new Promise((resolve, reject) => {
      RED.util.evaluateNodeProperty(
        value,
        typeof type === 'string' ? type : 'str',
        node,
        msg,
        (error, result) => (error ? reject(error) : resolve(result)),
      );
    });
  } catch (error) {
    // Node-RED's way of saying that an outer property is not there, e.g. msg.order of msg.order.id.
    if (error instanceof TypeError) return undefined;
    throw invalid(name, `cannot be evaluated (${reasonOf(error)})`);
  }
}

/** JSONata throws plain objects with a message. */
function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}

/** An empty limit is none. */
function limitOf(value: unknown): { limit?: number } {
  return isEmpty(value) ? {} : { limit: toLimit(value) };
}
