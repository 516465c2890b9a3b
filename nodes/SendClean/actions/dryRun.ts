import { createHash } from 'crypto';
import type { Call } from '../../../shared/request/prepare';
import type { DeferredFiles } from '../../../shared/delivery/options';
import { toQuery } from '../../../shared/wire/query';
import type { FileInput } from '../../../shared/form/fieldValues';
import type { PendingFile } from './files';

/**
 * The request that a call would make, without owner ID and token. Files are shown by name, type, size in bytes
 * and SHA-256, so that they can be compared with what was meant.
 */
export async function dryRun(
  { operation, request }: Call,
  files: readonly PendingFile[],
  deferredFiles: DeferredFiles,
): Promise<object> {
  const { method, path } = operation;
  const pending = new Set<unknown>(files.map(({ file }) => file));
  const shown = (_key: string, value: unknown): unknown =>
    pending.has(value) ? summary(value as FileInput) : value;
  if (method === 'GET') return { method, path, query: Object.fromEntries(toQuery(request)) };
  try {
    await deferredFiles.load();
    return { method, path, body: JSON.parse(JSON.stringify(request, shown)) as object };
  } finally {
    deferredFiles.release();
  }
}

function summary({ type, name, content }: FileInput): object {
  const bytes = Buffer.from(content, 'base64');
  return { type, name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
