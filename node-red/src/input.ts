import type { DeferredFiles } from '../../shared/delivery/options';
import { writeMarkdown } from '../../shared/form/htmlText';
import {
  readContentSettings,
  readNumber,
  readSendSettings,
  type SendSettings,
} from '../../shared/form/readSettings';
import { settingFields, settingOf } from '../../shared/form/settings';
import { checkSize } from '../../shared/form/sizeLimit';
import { kindOf, type Field, type Operation, type FormValues } from '../../shared/model';
import { blankFields } from './blankFields';
import { asEmailFlow } from './emailNode/emailFlow';
import { readDataUris } from './dataUris';
import { checkList, deferFiles, sizeOf, toFiles, type File } from './files';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';
import { typedInputs } from './typedInputs';

export interface Form {
  values: FormValues;
  /** The most records that a paged operation reads. */
  limit?: number;
  /** The bytes of the files that are in the values. */
  deferredFiles: DeferredFiles;
  settings: SendSettings;
  /** Sentences about fields that came to nothing, and about what is left out. */
  warnings: string[];
}

/** Reads the form of a node for a message; what is the same for all messages is looked up once. */
export function formReader(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation,
): (msg: NodeMessage) => Promise<Form> {
  const others = [
    ...settingFields(operation, 'nodeRed'),
    ...(operation.paged ? [{ name: 'limit', title: settingOf('limit', 'nodeRed').title }] : []),
  ];
  const fileFields = operation.fields.filter((field) => kindOf(field).isFiles);
  return (msg) => readForm({ RED, node, definition, operation, others, fileFields }, msg);
}

/** What is read for each message. */
interface Reading {
  RED: NodeAPI;
  node: Node;
  definition: NodeDef;
  operation: Operation;
  /** The inputs beside the fields. */
  others: readonly Pick<Field, 'name' | 'title'>[];
  fileFields: readonly Field[];
}

/**
 * What the node's typed inputs come to for one message.
 * @throws SendCleanError of kind `validation` naming the field that cannot be evaluated.
 */
async function readForm(
  { RED, node, definition, operation, others, fileFields }: Reading,
  msg: NodeMessage,
): Promise<Form> {
  const { fields } = operation;
  const evaluate = typedInputs(RED, node, definition, msg);
  const values = await evaluate(fields);
  for (const field of fields) checkList(field, values[field.name]);
  const warnings = blankFields(fields, definition, values);
  const entered = await evaluate(others);
  warnings.push(...blankFields(others, definition, entered));
  const { format, allowsHtml } = readContentSettings(entered, 'nodeRed');
  const isMarkdown = ({ name }: Field) => format === 'markdown' || definition[`${name}Type`] === 'markdown';
  await writeMarkdown(fields.filter(isMarkdown), values, allowsHtml);
  asEmailFlow({ fields, values, definition, msg, warnings });
  const files: File[] = [];
  for (const field of fileFields) {
    const given = readDataUris(field, values[field.name]);
    const own = toFiles(field, given instanceof Promise ? await given : given, msg);
    values[field.name] = own;
    files.push(...own);
  }
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
