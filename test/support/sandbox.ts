import { startSandbox as start, type Sandbox, type SandboxOptions } from '../../sandbox/src/server';

export { accepted, account } from './account';

/** Starts a sandbox on a free port, in memory by default; the test closes it. */
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return start({ port: 0, ...options });
}
