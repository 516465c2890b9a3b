import type { IBinaryKeyData, IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { filledIn, readAnswer, type Sent } from './answer';
import type { FormField } from './fields';
import { headers, questionPage, thanksPage } from './page';
import { readQuestion } from './question';
import { objectOf, textOf } from './values';

/** A file that n8n took from a form. */
interface Upload {
  filepath: string;
  originalFilename?: string | null;
  mimetype?: string;
  size: number;
}

/**
 * Shows the page that a link in an email opens, and takes the answer that its form sends. n8n has checked the link, and
 * says itself where it is wrong or the answer is there already. Only a POST decides.
 */
export async function answerQuestion(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const { method, query } = context.getRequestObject();
  const question = readQuestion((name, fallback) => readable(context, name, fallback));
  if (method !== 'POST') return show(context, 200, questionPage(question));
  const body = objectOf(context.getBodyData());
  const isForm = 'data' in body && 'files' in body;
  const sent = (isForm ? objectOf(body.data) : body) as Sent;
  const uploads = uploadsIn(isForm ? objectOf(body.files) : {}, question.fields);
  const counts = Object.fromEntries([...uploads].map(([{ name }, files]) => [name, files.length]));
  const answer = readAnswer(question, sent, counts);
  if ('wrong' in answer) return show(context, 422, questionPage(filledIn(question, sent), answer.wrong));
  const binary = await keep(context, uploads);
  const data: IDataObject = {
    ...answer.data,
    respondedAt: new Date().toISOString(),
    xUniqueId: textOf(objectOf(query).id),
  };
  show(context, 200, thanksPage());
  const hasFiles = Object.keys(binary).length > 0;
  return { noWebhookResponse: true, workflowData: [[{ json: { data }, ...(hasFiles && { binary }) }]] };
}

/** What an expression cannot give any more, as of a tool that asked, is left out of the page. */
function readable(context: IWebhookFunctions, name: string, fallback: unknown): unknown {
  try {
    return context.getNodeParameter(name, fallback as object);
  } catch {
    return fallback;
  }
}

function show(context: IWebhookFunctions, status: number, html: string): IWebhookResponseData {
  const response = context.getResponseObject();
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(html);
  return { noWebhookResponse: true };
}

/**
 * The files of a form that are not empty; a browser sends an empty one where none is chosen. Those of one field are in
 * the order of their names: n8n has them in the order in which they were written to its disk.
 */
function uploadsIn(
  files: Readonly<Record<string, unknown>>,
  fields: readonly FormField[],
): Map<FormField, Upload[]> {
  const uploads = fields
    .filter(({ type }) => type === 'file')
    .map((field): [FormField, Upload[]] => {
      const all = [files[field.name] ?? []].flat() as Upload[];
      const filled = all
        .filter(({ size, originalFilename }) => size > 0 || originalFilename)
        .sort((a, b) => byName.compare(a.originalFilename ?? '', b.originalFilename ?? ''));
      return [field, field.isMultiple ? filled : filled.slice(0, 1)];
    });
  return new Map(uploads);
}

/** “page 2” comes before “page 10”. */
const byName = new Intl.Collator('en', { numeric: true });

async function keep(context: IWebhookFunctions, uploads: Map<FormField, Upload[]>): Promise<IBinaryKeyData> {
  const binary: IBinaryKeyData = {};
  for (const [{ label }, files] of uploads)
    for (const [index, { filepath, originalFilename, mimetype }] of files.entries()) {
      const name = label.replaceAll(/\W/g, '_');
      const key = freeKey(files.length > 1 ? `${name}_${index}` : name, binary);
      binary[key] = await context.nodeHelpers.copyBinaryFile(filepath, originalFilename ?? name, mimetype);
    }
  return binary;
}

/** A key that no file has yet: labels in other scripts become the same underscores. */
function freeKey(key: string, binary: IBinaryKeyData): string {
  let free = key;
  for (let count = 2; Object.hasOwn(binary, free); count += 1) free = `${key}_${count}`;
  return free;
}
