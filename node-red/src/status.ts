import type { SendCleanError } from '../../shared/errors';
import type { Effect, Operation } from '../../shared/model';
import type { Node, NodeStatus } from './red';
import { statusReason } from './statusReason';

/** What a node shows of one call. */
export interface CallProgress {
  /** Its request leaves; until then it is queued. */
  sending(effect: Effect): void;
  succeeded(effect: Effect, result: unknown): void;
  /** Its request is right, and was not to be sent. */
  validated(): void;
  failed(error: SendCleanError, operation?: Operation): void;
}

/** What stands under a node: how many calls wait or are on their way, and what the last one came to. */
export interface CallStatus {
  /** A call that is queued from now on. */
  queued(): CallProgress;
  /** Clears it for good. */
  close(): void;
}

/** What is being done, and what was done, by what a call does. */
const verbs: Record<Effect, string> = { send: 'sending', change: 'changing', read: 'reading' };

/** The status of a node. */
export function callStatus(node: Node): CallStatus {
  let queued = 0;
  const running: Record<Effect, number> = { send: 0, change: 0, read: 0 };
  const done: Record<Effect, number> = { send: 0, change: 0, read: 0 };
  let closed = false;
  let shown = '';
  const show = (status: NodeStatus) => {
    const text = JSON.stringify(status);
    if (closed || text === shown) return;
    shown = text;
    node.status(status);
  };
  const update = (last: NodeStatus) => {
    const counts = (['send', 'change', 'read'] as const)
      .filter((effect) => running[effect] > 0)
      .map((effect) => `${verbs[effect]} ${running[effect]}`);
    const fill = counts.length > 0 ? 'blue' : 'yellow';
    if (queued > 0) counts.push(`queued ${queued}`);
    if (counts.length === 0) return show(last);
    show({ fill, shape: 'dot', text: counts.join(', ') });
  };
  return {
    queued() {
      queued += 1;
      update({});
      let begun: Effect | undefined;
      const over = (last: NodeStatus) => {
        if (begun) running[begun] -= 1;
        else queued -= 1;
        update(last);
      };
      return {
        sending(effect) {
          if (begun) return;
          begun = effect;
          queued -= 1;
          running[effect] += 1;
          update({});
        },
        succeeded(effect, result) {
          done[effect] += 1;
          const text = {
            send: `sent ${done.send}`,
            change: `changed ${done.change}`,
            read: Array.isArray(result) ? `read ${result.length}` : 'read',
          }[effect];
          over({ fill: 'green', shape: 'dot', text });
        },
        validated() {
          over({ fill: 'green', shape: 'ring', text: 'validated, not sent' });
        },
        failed(error, operation) {
          over({ fill: 'red', shape: 'ring', text: statusReason(error, operation) });
        },
      };
    },
    close() {
      show({});
      closed = true;
    },
  };
}
