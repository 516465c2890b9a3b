import {
  NodeHelpers,
  type IBinaryData,
  type IDataObject,
  type IExecuteFunctions,
  type INodeParameters,
} from 'n8n-workflow';

/** A file where n8n keeps it. */
export interface BinaryFile {
  /** Name of the item's binary field that holds it; a file of another node has none here. */
  key: string | undefined;
  data: IBinaryData;
}

/** The files of an item, by their names and by themselves. */
export interface ItemFiles {
  /** In the order of the item. */
  all: readonly BinaryFile[];
  /** The file of a binary field, or at a path in the item's JSON such as `_files.data`. */
  named(name: string): BinaryFile | undefined;
  /** The files that an expression gave: a binary object, or an object of them such as `$binary`. */
  given(value: unknown): BinaryFile[] | undefined;
}

/** Where the workflow setting “combined binary mode” puts an item's files. */
const jsonFiles = '_files';

/** The files of an item, in each of n8n's binary modes. */
export function itemFiles(context: IExecuteFunctions, itemIndex: number): ItemFiles {
  const { binary = {}, json = {} } = context.getInputData()[itemIndex] ?? {};
  const combined = isCombined(context) ? entriesOf(json[jsonFiles]).filter(isFileEntry) : [];
  const files = new Map<string, IBinaryData>([...combined, ...Object.entries(binary)]);
  const all = [...files].map(([key, data]): BinaryFile => ({ key, data }));
  const keyOf = byContent(all);
  const looks = byLooks(all);
  const given = (value: unknown): BinaryFile | undefined => {
    if (isFile(value)) return { key: keyOf(value), data: value };
    // `$binary` leaves the content out, which is all that tells files apart in memory mode.
    return isObject(value) && 'mimeType' in value ? looks.get(looksOf(value)) : undefined;
  };
  return {
    all,
    named(name) {
      const data = files.get(name);
      return data ? { key: name, data } : given(atPath(json, name));
    },
    given(value) {
      const file = given(value);
      if (file || !isObject(value)) return file && [file];
      const inner = Object.entries(value).map(([key, one]) => {
        const found = given(one);
        return found && { ...found, key: found.key ?? key };
      });
      return inner.every((one) => one !== undefined) ? inner : undefined;
    },
  };
}

/** Older versions of n8n have no such setting, or do not tell. */
function isCombined(context: Partial<Pick<IExecuteFunctions, 'getWorkflowSettings'>>): boolean {
  return context.getWorkflowSettings?.().binaryMode === 'combined';
}

/** Finds the binary field of a file by its content, and of several with the same content by their looks. */
function byContent(all: readonly BinaryFile[]): (file: IBinaryData) => string | undefined {
  const keys = new Map<string, Map<string, string | undefined>>();
  for (const { key, data } of all) {
    const alike = keys.get(contentOf(data)) ?? new Map<string, string | undefined>();
    const looks = looksOf(data);
    if (!alike.has(looks)) alike.set(looks, key);
    keys.set(contentOf(data), alike);
  }
  return (file) => {
    const alike = keys.get(contentOf(file));
    const [first] = alike?.values() ?? [];
    return alike?.get(looksOf(file)) ?? first;
  };
}

/** Files by all that n8n knows of them but their content; those that look the same are not told apart. */
function byLooks(all: readonly BinaryFile[]): Map<string, BinaryFile | undefined> {
  const files = new Map<string, BinaryFile | undefined>();
  for (const file of all) {
    const looks = looksOf(file.data);
    files.set(looks, files.has(looks) ? undefined : file);
  }
  return files;
}

/** The ID of a file, or its bytes in memory mode, which another file may have as well. */
function contentOf({ id, data }: IBinaryData): string {
  return id || data;
}

/** What n8n knows of a file is text and numbers; what else an object may hold could be of any depth. */
function looksOf(file: object): string {
  const known = Object.entries(file).filter(([name, one]) => name !== 'data' && typeof one !== 'object');
  return JSON.stringify(known);
}

function atPath(json: IDataObject, path: string): unknown {
  return NodeHelpers.getParameterValueByPath(json as INodeParameters, path, '');
}

function isFileEntry(entry: [string, unknown]): entry is [string, IBinaryData] {
  return isFile(entry[1]);
}

/** Whether a value is a file of n8n. Outside of memory mode it has an ID, and no bytes. */
function isFile(value: unknown): value is IBinaryData {
  if (!isObject(value) || !('mimeType' in value)) return false;
  return (
    ('id' in value && typeof value.id === 'string') || ('data' in value && typeof value.data === 'string')
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
