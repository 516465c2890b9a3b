import type { Spent } from '../jobs/meter';

/** What sending emails took, and how many were sent. */
export type MailCost = Spent & { sent: number };

/** The environment variable that names the file for it: n8n may end before all that it executed is printed. */
export const costFile = 'SENDCLEAN_BENCH_COST';
