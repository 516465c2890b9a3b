/** The account of the sandbox, as it is documented. */
export const account = { ownerId: 'sandbox', token: 'sandbox-token', smtpUser: 'smtp-sandbox' };

export interface DemoHost {
  /** Sends the demo's email through the packed node, and looks for it again with Get Message Info. */
  send(): Promise<{ xUniqueId: string; records: Record<string, unknown>[] }>;
  /**
   * Serves the editor for a person to go on in.
   * @returns what they need for that, as lines of a title and a value, such as the address of the demo's workflow
   */
  stayUp(): Promise<[title: string, value: string][]>;
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** Base address of the sandbox. */
  sandbox: string;
  /** The packed nodes. */
  tarball: string;
  progress(line: string): void;
}
