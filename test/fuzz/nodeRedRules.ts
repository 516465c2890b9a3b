import type { Operation } from '../../shared/model';
import { empty, refused, stands, type Case, type Meaning } from './model';
import { isBlank } from './reading';
import { settleText } from './textRule';

/** What the nodes take over from Node-RED's e-mail node: bytes for HTML are a file, HTML without a tag is text. */
export function settleAsEmail(operation: Operation, entered: Case): Case {
  const { fields } = operation;
  const html = fields.find(({ kind, plainText }) => kind === 'html' && plainText);
  const attachments = fields.find(({ kind }) => kind === 'attachments')?.name;
  const given = entered[html?.name ?? ''];
  const text = html?.plainText;
  if (!text || !attachments || !given || given.meaning.is === 'refused') return entered;
  if (isBlank(given.entered)) return entered;
  const bytes = bytesOf(given.entered);
  const mean = (name: string, meaning: Meaning): Case => ({
    [name]: { entered: undefined, ...entered[name], meaning },
  });
  const asText = (meaning: Meaning) => (isBlank(entered[text]?.entered) ? mean(text, meaning) : {});
  if (bytes === 'broken') return { ...entered, ...mean(html.name, refused) };
  if (bytes) {
    const file = asFile(bytes);
    const said = stands(`\nFile from Node-RED is attached: ${file.name}`);
    const files = withFile(entered[attachments]?.meaning, file);
    return { ...entered, ...mean(html.name, empty), ...mean(attachments, files), ...asText(said) };
  }
  const meaning = typeof given.entered === 'object' ? written(given.entered) : given.meaning;
  return settleText(operation, { ...entered, ...mean(html.name, meaning) });
}

/** An object is written out. */
function written(value: unknown): Meaning {
  try {
    return stands(JSON.stringify(value));
  } catch {
    return refused;
  }
}

function bytesOf(value: unknown): Buffer | 'broken' | undefined {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value !== 'object' || value === null || !('type' in value && 'data' in value)) return undefined;
  const { type, data } = value;
  if (type !== 'Buffer' || !Array.isArray(data)) return undefined;
  const isByte = (one: unknown) => Number.isInteger(one) && Number(one) >= 0 && Number(one) <= 255;
  return Array.from(data as unknown[]).every(isByte) ? Buffer.from(data as number[]) : 'broken';
}

const pictures: Record<string, [extension: string, type: string]> = {
  ffd8: ['jpg', 'image/jpeg'],
  '4749': ['gif', 'image/gif'],
  '424d': ['bmp', 'image/bmp'],
  '8950': ['png', 'image/png'],
};

function asFile(bytes: Buffer) {
  const [extension, type] = pictures[bytes.toString('hex', 0, 2)] ?? ['bin', 'application/octet-stream'];
  return { name: `attachment.${extension}`, type, content: bytes.toString('base64') };
}

function withFile(meaning: Meaning = empty, file: object): Meaning {
  if (meaning.is !== 'value') return meaning.is === 'empty' ? stands([file]) : meaning;
  return stands([...(meaning.value as object[]), file]);
}
