/** How the bare service answers. */
export interface Settings {
  /** Milliseconds from the end of a request to its answer. */
  latency?: number;
  /** Pages that Get Message Info has; the last one is short. */
  pages?: number;
}

/** What came to the bare service since it was last set. */
export interface Counts {
  /** Connections with at least one request. */
  connections: number;
  /** The most connections that were open at once. */
  open: number;
  requests: number;
  /** The most requests that waited for their answer at once. */
  atOnce: number;
  /** Bytes of all bodies. */
  bytes: number;
}

/** Where the bare service is steered, apart from the API. */
export const controlPath = '/_bench';

/** Says how the bare service answers from now on, and has it count from 0. */
export async function settle(url: string, settings: Settings = {}): Promise<void> {
  await fetch(url + controlPath, { method: 'POST', body: JSON.stringify(settings) });
}

export async function countsOf(url: string): Promise<Counts> {
  return (await (await fetch(url + controlPath)).json()) as Counts;
}
