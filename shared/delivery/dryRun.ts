import type { DeferredFiles } from './options';
import { settings } from '../form/settings';
import { kindOf, type Operation } from '../model';
import { valueAt } from '../paths';
import type { Preview } from './preview';
import { onDemand } from '../wire/onDemand';
import { toQuery } from '../wire/query';
import type { Clock } from '../wire/transport';
import type { Call } from '../request/prepare';

/** The SHA-256 of base64 content's bytes, in hexadecimal, which a host works out. */
export type Fingerprint = (base64: string) => string;

interface File {
  type: string;
  name: string;
  content: string;
}

/** Few people look at an email before it is sent. */
const loadPreview = onDemand(() => import('./preview'));

/** What comes of a call that is not made. */
export interface DryRun {
  /** The request, as the result of the call. */
  request: object;
  /** The email as people will see it; undefined where it is in SendClean, or there is none. */
  preview?: Preview;
}

/**
 * The request that a call would make, without owner ID and token, after a word that it was not made, and its email.
 * Files are shown by name, type, size in bytes and SHA-256, so that they can be compared with what was meant.
 */
export async function dryRun(
  call: Call,
  deferredFiles: DeferredFiles,
  { fingerprint, clock }: { fingerprint: Fingerprint; clock: Clock },
): Promise<DryRun> {
  const { operation, request } = call;
  const { method, path } = operation;
  const head = {
    sent: false,
    reason: `Nothing was sent: ${settings.validateOnly.title} is on`,
    method,
    path,
  };
  if (method === 'GET') return { request: { ...head, query: Object.fromEntries(toQuery(request)) } };
  const files = new Set<unknown>(filesOf(operation, request));
  const shown = (_key: string, value: unknown): unknown =>
    files.has(value) ? summary(value as File, fingerprint) : value;
  try {
    await deferredFiles.load();
    const body = JSON.parse(JSON.stringify(request, shown)) as object;
    const preview = hasHtml(operation) ? (await loadPreview()).previewOf(call, clock) : undefined;
    return { request: { ...head, body }, ...(preview && { preview }) };
  } finally {
    deferredFiles.release();
  }
}

/** Whether a request says what its email will be; that of a template is in SendClean. */
function hasHtml({ fields }: Operation): boolean {
  return fields.some(({ kind }) => kind === 'html');
}

function filesOf({ fields }: Operation, request: object): unknown[] {
  return fields
    .filter((field) => kindOf(field).isFiles)
    .flatMap(({ path }) => (valueAt(request, path) as unknown[] | undefined) ?? []);
}

function summary({ type, name, content }: File, fingerprint: Fingerprint): object {
  const padding = content.endsWith('==') ? 2 : content.endsWith('=') ? 1 : 0;
  const size = (content.length * 3) / 4 - padding;
  return { type, name, size, sha256: fingerprint(content) };
}
