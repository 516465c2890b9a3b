import { startSandbox as start, type Sandbox, type SandboxOptions } from '../../sandbox/src/server';

/** The account that a sandbox has unless its options say otherwise. */
export const account = {
  owner_id: 'sandbox',
  token: 'sandbox-token',
  smtpUser: 'smtp-sandbox',
  template: 'welcome',
} as const;

/** Starts a sandbox on a free port, in memory unless told otherwise; the test closes it. */
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return start({ port: 0, ...options });
}
