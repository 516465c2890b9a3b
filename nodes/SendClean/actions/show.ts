import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import { dryRun } from '../../../shared/delivery/dryRun';
import type { DeferredFiles } from '../../../shared/delivery/options';
import type { Call } from '../../../shared/request/prepare';
import { clock } from '../transport/transport';
import { fingerprint } from './fingerprint';

/** What comes of a call: a result, or records, and the files beside it. */
export interface CallResult {
  result: unknown;
  binary?: IBinaryKeyData;
}

/** The types of the files by which an email is shown. */
const types: Readonly<Record<string, string>> = {
  'preview.html': 'text/html',
  'preview.eml': 'message/rfc822',
};

/** Shows a call instead of making it: its request, and the email in files, which n8n shows beside the output. */
export async function show(
  context: IExecuteFunctions,
  call: Call,
  deferredFiles: DeferredFiles,
): Promise<CallResult> {
  const { request, preview } = await dryRun(call, deferredFiles, { fingerprint, clock });
  if (!preview) return { result: request };
  const binary: IBinaryKeyData = {};
  for (const [name, content] of Object.entries(preview))
    binary[name] = await context.helpers.prepareBinaryData(Buffer.from(content), name, types[name]);
  return { result: request, binary };
}
