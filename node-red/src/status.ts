import type { SendCleanError } from '../../shared/errors';
import type { Operation } from '../../shared/model';
import type { Node, NodeStatus } from './red';
import { statusReason } from './statusReason';

/** What a node shows of one call. */
export interface CallProgress {
  /** Its request leaves; until then it is queued. */
  sending(): void;
  succeeded(result: unknown): void;
  /** Its request is right, and was not to be sent. */
  validated(): void;
  failed(error: SendCleanError): void;
}

/** What stands under a node: how many calls wait or are on their way, and what the last one came to. */
export interface CallStatus {
  /** A call that is queued from now on. */
  queued(): CallProgress;
  /** Clears it for good. */
  close(): void;
}

/** The status of a node for its operation. */
export function callStatus(node: Node, operation: Operation): CallStatus {
  const { effect } = operation;
  const verb = effect === 'send' ? 'sending' : 'reading';
  let queued = 0;
  let running = 0;
  let sent = 0;
  let closed = false;
  let shown = '';
  const show = (status: NodeStatus) => {
    const text = JSON.stringify(status);
    if (closed || text === shown) return;
    shown = text;
    node.status(status);
  };
  const update = (last: NodeStatus) => {
    if (running + queued === 0) return show(last);
    const counts = [running && `${verb} ${running}`, queued && `queued ${queued}`].filter(Boolean);
    show({ fill: running ? 'blue' : 'yellow', shape: 'dot', text: counts.join(', ') });
  };
  return {
    queued() {
      queued += 1;
      update({});
      let isQueued = true;
      const over = (last: NodeStatus) => {
        if (isQueued) queued -= 1;
        else running -= 1;
        update(last);
      };
      return {
        sending() {
          if (!isQueued) return;
          isQueued = false;
          queued -= 1;
          running += 1;
          update({});
        },
        succeeded(result) {
          sent += 1;
          const text =
            effect === 'send' ? `sent ${sent}` : Array.isArray(result) ? `read ${result.length}` : 'read';
          over({ fill: 'green', shape: 'dot', text });
        },
        validated() {
          over({ fill: 'green', shape: 'ring', text: 'validated, not sent' });
        },
        failed(error) {
          over({ fill: 'red', shape: 'ring', text: statusReason(operation, error) });
        },
      };
    },
    close() {
      show({});
      closed = true;
    },
  };
}
