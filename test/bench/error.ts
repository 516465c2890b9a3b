/** A benchmark that cannot be made; its message is one sentence for the person who started it. */
export class BenchError extends Error {}
