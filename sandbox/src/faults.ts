import { failure, type Answer } from './answers';
import { Changing } from './changing';
import { errorBody, type ErrorDescription } from './errorForms';

export const faultKinds = [
  'delay',
  'status',
  'error',
  'reply',
  'html',
  'brokenJson',
  'straySemicolon',
  'empty',
  'slowBody',
  'cutBody',
  'resetBefore',
  'resetAfter',
  'repeatPage',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A way in which the service is to go wrong. */
export interface Fault {
  kind: FaultKind;
  /** Path of the one operation that it strikes; all of them by default. */
  path?: string;
  /** How many requests it strikes, 1 by default; null for every one. */
  count?: number | null;
  /** How long the answer is held back, in milliseconds; with `slowBody` between its halves. */
  delayMs?: number;
  status?: number;
  /** Body of the answer: a string as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Whether the request is carried out before the answer goes wrong. */
  taken?: boolean;
  /** What the service says with `error`. */
  error?: ErrorDescription;
}

const replacing: readonly FaultKind[] = ['status', 'error', 'reply', 'html', 'resetBefore'];

/** Whether a request that a fault strikes is carried out all the same. */
export function isTaken({ kind, taken }: Fault): boolean {
  if (kind === 'resetBefore') return false;
  return taken ?? !replacing.includes(kind);
}

/** The registered faults; each request is struck by at most one, the oldest that fits. */
export class Faults extends Changing {
  #next = 1;
  readonly #faults = new Map<number, Fault & { left: number }>();

  add(fault: Fault): number {
    const id = this.#next;
    this.#next += 1;
    this.#faults.set(id, { ...fault, left: fault.count === null ? Infinity : (fault.count ?? 1) });
    this.changed();
    return id;
  }

  /** The fault that strikes a request to this path, if any; it is used up by one. */
  take(path: string): Fault | undefined {
    for (const [id, fault] of this.#faults) {
      if (fault.path !== undefined && fault.path !== path) continue;
      fault.left -= 1;
      if (fault.left <= 0) this.#faults.delete(id);
      this.changed();
      return fault;
    }
    return undefined;
  }

  /** The faults that are still to strike; `left` is null for one that never ends. */
  list(): (Fault & { id: number; left: number | null })[] {
    return [...this.#faults].map(([id, fault]) => ({
      id,
      ...fault,
      left: fault.left === Infinity ? null : fault.left,
    }));
  }

  clear(): void {
    this.#faults.clear();
    this.changed();
  }
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const page = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

/** An answer ready to be written. */
export interface Written {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a fault makes of the answer that the service would have given. */
export function write(answer: Answer, fault: Fault | undefined): Written {
  const proper = { status: answer.status, headers: json, body: JSON.stringify(answer.body) };
  const written = fault ? strike(proper, fault) : proper;
  const body = fault?.body;
  return {
    status: fault?.status ?? written.status,
    headers: withHeaders(written.headers, fault?.headers),
    body: body === undefined ? written.body : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** The headers with those of a fault in their place; the names of headers have no case. */
function withHeaders(headers: Written['headers'], others: Written['headers'] = {}): Written['headers'] {
  const replaced = new Set(Object.keys(others).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !replaced.has(name));
  return { ...Object.fromEntries(kept), ...others };
}

function strike(proper: Written, { kind, error = {} }: Fault): Written {
  switch (kind) {
    case 'status':
      return { status: failure.status, headers: json, body: JSON.stringify(failure.body) };
    case 'error':
      return { status: 200, headers: json, body: JSON.stringify(errorBody(error)) };
    case 'html':
      return { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
    case 'brokenJson':
      return { ...proper, body: proper.body.slice(0, Math.ceil(proper.body.length / 2)) };
    case 'straySemicolon':
      return { ...proper, body: proper.body.replace(/\}$/, ';}') };
    case 'empty':
      return { ...proper, body: '' };
    case 'reply':
      return { ...proper, status: 200 };
    default:
      return proper;
  }
}
