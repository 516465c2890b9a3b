import { dryRun } from '../../shared/delivery/dryRun';
import type { DeferredFiles } from '../../shared/delivery/options';
import type { Call } from '../../shared/request/prepare';
import { clock } from './clock';
import { fingerprint } from './fingerprint';

/** Shows a call instead of making it: its request, and the email as `preview.html` and `preview.eml`, in Buffers. */
export async function show(call: Call, deferredFiles: DeferredFiles): Promise<object> {
  const { request, preview } = await dryRun(call, deferredFiles, { fingerprint, clock });
  if (!preview) return request;
  const html = Buffer.from(preview['preview.html']);
  return { ...request, preview: { html, eml: Buffer.from(preview['preview.eml']) } };
}
