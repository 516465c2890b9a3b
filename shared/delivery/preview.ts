/** The email of a call, as people look at it before it is sent. */
import { emailIn } from './email';
import { previewEml } from './previewEml';
import { previewHtml } from './previewHtml';
import type { Call } from '../request/prepare';
import type { Clock } from '../wire/transport';

/** The files of a preview, by their names. */
export type Preview = Readonly<Record<'preview.html' | 'preview.eml', string>>;

/** The preview of a call whose files are loaded: a page for a browser, and a file for an email program. */
export function previewOf({ operation, request, xUniqueId }: Call, clock: Clock): Preview {
  const email = emailIn(operation, request);
  return {
    'preview.html': previewHtml(email),
    'preview.eml': previewEml(email, xUniqueId, clock),
  };
}
