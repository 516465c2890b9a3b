import { invalid } from '../../shared/errors';
import { phrase } from '../../shared/phrase';

/** The value of a typed input by its type, or the promise of it. */
type Evaluate = (value: string, type: string) => unknown;

/** A field, by its name and its label. */
export interface Named {
  name: string;
  title: string;
}

/** A row of a list: a recipient, a name with its value, or a file. */
type Row = Readonly<Record<string, string>>;

/**
 * A list that was entered into the form. Its rows are what the field takes, except that the content of a file is still
 * to be evaluated.
 * @param field for the error.
 * @throws SendCleanError of kind `validation` for what is no list.
 */
export async function readList(field: Named, json: string, evaluate: Evaluate): Promise<unknown> {
  return await Promise.all(parse(field, json).map((row) => ('from' in row ? toFile(row, evaluate) : row)));
}

/** A file as the e-mail node has it, for `toFiles` to read; text is the file itself. */
async function toFile({ from = 'msg', content, ...row }: Row, evaluate: Evaluate) {
  const filename = row.filename ?? row.cid;
  return { ...row, filename, content: content ? await evaluate(content, from) : undefined };
}

function parse({ name, title }: Named, json: string): Row[] {
  try {
    const rows: unknown = JSON.parse(json);
    if (Array.isArray(rows) && rows.every(isRow)) return rows;
  } catch {
    // Not JSON is no list either.
  }
  throw invalid(name, phrase`is not a valid list: enter it in the node again`, title);
}

function isRow(row: unknown): row is Row {
  const isObject = typeof row === 'object' && row !== null;
  return isObject && Object.values(row).every((cell) => typeof cell === 'string');
}
