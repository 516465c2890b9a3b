import { invalid } from '../../shared/errors';
import type { DeferredFiles } from '../../shared/delivery/options';
import { readNumber, readSendSettings, type SendSettings } from '../../shared/form/readSettings';
import { settingFields, settingOf } from '../../shared/form/settings';
import { checkSize } from '../../shared/form/sizeLimit';
import { kindOf, type Operation, type FormValues } from '../../shared/model';
import { blankFields } from './blankFields';
import { asEmailFlow } from './emailNode/emailFlow';
import { readDataUris } from './dataUris';
import { checkList, deferFiles, sizeOf, toFiles, type File } from './files';
import { readList, type Named } from './list';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';

export interface Form {
  values: FormValues;
  /** The most records that a paged operation reads. */
  limit?: number;
  /** The bytes of the files that stand in the values. */
  deferredFiles: DeferredFiles;
  settings: SendSettings;
  /** Sentences about fields that came to nothing, and about what is left out. */
  warnings: string[];
}

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
  const { fields } = operation;
  const evaluate = (names: readonly Named[]) => evaluateFields(RED, node, definition, names, msg);
  const values = await evaluate(fields);
  for (const field of fields) checkList(field, values[field.name]);
  const warnings = blankFields(fields, definition, values);
  asEmailFlow({ fields, values, definition, msg, warnings });
  const files: File[] = [];
  for (const field of fields.filter((one) => kindOf(one).isFiles)) {
    const given = readDataUris(field, values[field.name]);
    const own = toFiles(field, given instanceof Promise ? await given : given, msg);
    values[field.name] = own;
    files.push(...own);
  }
  const others = [
    ...settingFields(operation, 'nodeRed'),
    ...(operation.paged ? [{ name: 'limit', title: settingOf('limit', 'nodeRed').title }] : []),
  ];
  const entered = await evaluate(others);
  warnings.push(...blankFields(others, definition, entered));
  checkSize(sizeOf(files), readNumber('sizeLimit', entered, ''));
  const limit = readNumber('limit', entered, '');
  return {
    values,
    deferredFiles: deferFiles(files),
    settings: readSendSettings(entered),
    warnings,
    ...(limit !== undefined && { limit }),
  };
}

/** The values of fields by their names. Only what takes its time is waited for: hundreds of messages may come at once. */
async function evaluateFields(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  fields: readonly Named[],
  msg: NodeMessage,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = evaluateField(RED, node, definition, field, msg);
    values[field.name] = value instanceof Promise ? await value : value;
  }
  return values;
}

function evaluateField(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  field: Named,
  msg: NodeMessage,
): unknown {
  const { name } = field;
  const value = definition[name];
  const type = definition[`${name}Type`];
  if (typeof value !== 'string' || value === '') return undefined;
  const one = (given: string, as: unknown) => evaluateOne(RED, node, field, given, as, msg);
  return type === 'list' ? readList(field, value, one) : one(value, type);
}

/** Types whose values may be elsewhere; those of others are at hand. */
const remote = new Set(['flow', 'global', 'jsonata']);

function evaluateOne(
  RED: NodeAPI,
  node: Node,
  { name, title }: Named,
  value: string,
  given: unknown,
  msg: NodeMessage,
): unknown {
  const type = typeof given === 'string' ? given : 'str';
  const failed = (error: unknown) => {
    // Node-RED's way of saying that an outer property is not there, e.g. msg.order of msg.order.id.
    if (error instanceof TypeError) return undefined;
    throw invalid(name, `cannot be evaluated (${reasonOf(error)})`, title);
  };
  try {
    return remote.has(type)
      ? evaluateRemote(RED, node, value, type, msg).catch(failed)
      : RED.util.evaluateNodeProperty(value, type, node, msg);
  } catch (error) {
    return failed(error);
  }
}

function evaluateRemote(RED: NodeAPI, node: Node, value: string, type: string, msg: NodeMessage) {
  return new Promise((resolve, reject) => {
    RED.util.evaluateNodeProperty(value, type, node, msg, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
}

/** JSONata throws plain objects with a message. */
function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
