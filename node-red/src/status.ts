import { SendCleanError } from '../../shared/errors';
import type { Operation } from '../../shared/model';
import type { Node, NodeStatus } from './red';

/** What stands under a node: how many calls are on their way, and what the last one came to. */
export interface CallStatus {
  started(): void;
  succeeded(result: unknown): void;
  failed(error: unknown): void;
  /** Clears it for good. */
  close(): void;
}

/** The status of a node for its operation. */
export function callStatus(node: Node, { effect }: Operation): CallStatus {
  const verb = effect === 'send' ? 'sending' : 'reading';
  let running = 0;
  let sent = 0;
  let closed = false;
  const show = (last: NodeStatus) => {
    if (closed) return;
    const busy: NodeStatus = {
      fill: 'blue',
      shape: 'dot',
      text: running > 1 ? `${verb} ${running}…` : `${verb}…`,
    };
    node.status(running ? busy : last);
  };
  return {
    started() {
      running += 1;
      show({});
    },
    succeeded(result) {
      running -= 1;
      sent += 1;
      const text =
        effect === 'send' ? `sent ${sent}` : Array.isArray(result) ? `read ${result.length}` : 'read';
      show({ fill: 'green', shape: 'dot', text });
    },
    failed(error) {
      running -= 1;
      show({ fill: 'red', shape: 'ring', text: error instanceof SendCleanError ? error.kind : 'error' });
    },
    close() {
      closed = true;
      node.status({});
    },
  };
}
