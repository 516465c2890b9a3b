export interface NpmOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** How long npm may give no sign of life, in milliseconds; two minutes unless told otherwise. */
  silence?: number;
  /** Has npm ended when this process ends, and returns what takes that back. */
  atExit?: (end: () => void) => () => void;
  /** Told in one sentence when npm is started again. */
  onRetry?: (sentence: string) => void;
}

export function runNpm(
  args: readonly string[],
  options: NpmOptions,
): Promise<{ status: number | null; log: string }>;

export function lockedNode(folder: string): string | undefined;
