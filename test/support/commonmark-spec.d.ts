declare module 'commonmark-spec' {
  /** The examples of the specification, with arrows in place of tabs. */
  export const tests: readonly { markdown: string; html: string; section: string; number: number }[];
}
