import type { NodeMessage } from '../../node-red/src/red';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Field, Operation } from '../../shared/model';
import type { Fixture } from './fixtures';
import type { Typed } from './nodeRedFlow';

/** A fixture as a person enters it into the node's form, with its files in the message. */
export function nodeRedForm(
  name: OperationName,
  { values, files }: Fixture,
): { inputs: Record<string, Typed>; msg: NodeMessage } {
  const { fields }: Operation = operations[name];
  const inputs: Record<string, Typed> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (field.kind === 'attachments' || field.kind === 'images') inputs[field.name] = [field.kind, 'msg'];
    else inputs[field.name] = value === undefined ? ['', 'str'] : typed(field, value);
  }
  return { inputs, msg: { payload: '', values, ...attached(files) } };
}

function typed({ kind, name }: Field, value: unknown): Typed {
  if (kind === 'pairs') return [JSON.stringify(value), 'json'];
  if (kind === 'switch') return [String(value), 'bool'];
  if (typeof value === 'object') return [`values.${name}`, 'msg'];
  return [String(value), 'str'];
}

/** Files as e-mail flows hold them: Buffers with a name and a type, images with a Content-ID. */
function attached(files: Fixture['files']): NodeMessage {
  const list = (kind: keyof Fixture['files']) =>
    Object.entries(files[kind] ?? {}).map(([name, { bytes, fileName, mimeType }]) => ({
      filename: fileName,
      content: bytes,
      contentType: mimeType,
      ...(kind === 'images' && { cid: name }),
    }));
  return { attachments: list('attachments'), images: list('images') };
}
