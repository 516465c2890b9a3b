import { createHash } from 'crypto';
import type { Fingerprint } from '../../../shared/delivery/dryRun';

/** SHA-256 by Node.js. */
export const fingerprint: Fingerprint = (base64) =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
