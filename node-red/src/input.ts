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
import { kindOf, type Operation, type FormValues } from '../../shared/model';
import { blankFields } from './blankFields';
import { asEmailFlow } from './emailNode/emailFlow';
import { readDataUris } from './dataUris';
import { checkList, deferFiles, sizeOf, toFiles, type File } from './files';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';
import { typedInputs } from './typedInputs';
import type { Words } from '../../shared/phrase';

export interface Form {
  values: FormValues;
  /** The most records that a paged operation reads. */
  limit?: number;
  /** The bytes of the files that are in the values. */
  deferredFiles: DeferredFiles;
  settings: SendSettings;
  /** Sentences about fields that came to nothing, and about what is left out. */
  warnings: Words[];
}

/**
 * Reads the form of a node for a message; what is the same for all messages is looked up once.
 * @returns a function that throws SendCleanError of kind `validation` naming the field that cannot be evaluated.
 */
export function formReader(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation,
): (msg: NodeMessage) => Promise<Form> {
  const { fields } = operation;
  const others = [
    ...settingFields(operation, 'nodeRed'),
    ...(operation.paged ? [{ name: 'limit', title: settingOf('limit', 'nodeRed').title }] : []),
  ];
  const fileFields = fields.filter((field) => kindOf(field).isFiles);
  const markdown = fields.filter(({ name }) => definition[`${name}Type`] === 'markdown');
  const evaluateFields = typedInputs(RED, node, definition, fields);
  const evaluateOthers = typedInputs(RED, node, definition, others);
  const blankIn = blankFields(fields, definition);
  const blankInOthers = blankFields(others, definition);
  return async (msg) => {
    const values = await evaluateFields(msg);
    for (const field of fields) checkList(field, values[field.name]);
    const entered = await evaluateOthers(msg);
    const warnings = [...blankIn(values), ...blankInOthers(entered)];
    const { format, allowsHtml } = readContentSettings(entered, 'nodeRed');
    await writeMarkdown(format === 'markdown' ? fields : markdown, values, allowsHtml);
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
  };
}
