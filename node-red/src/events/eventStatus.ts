import type { SendCleanError } from '../../../shared/errors';
import type { Node, NodeStatus } from '../red';
import { reasonOf } from '../statusReason';

/** What stands under a node that receives events. */
export interface EventStatus {
  /** Nothing has come yet; with an error, which may pass, the webhook is not registered for that reason. */
  waiting(error?: SendCleanError): void;
  registered(): void;
  failed(error: SendCleanError): void;
  /** A request was refused, as its signature is missing or wrong. */
  refused(): void;
  /** So many events have started the flow. */
  received(count: number): void;
  /** Clears it for good. */
  close(): void;
}

/** The status of a node. */
export function eventStatus(node: Node): EventStatus {
  let total = 0;
  let closed = false;
  const show = (status: NodeStatus) => {
    if (!closed) node.status(status);
  };
  return {
    waiting(error) {
      const text = error ? `waiting: ${reasonOf(error)}` : 'waiting';
      show({ fill: error ? 'yellow' : 'grey', shape: 'ring', text });
    },
    registered: () => show({ fill: 'green', shape: 'dot', text: 'registered' }),
    failed: (error) => show({ fill: 'red', shape: 'ring', text: `failed: ${reasonOf(error)}` }),
    refused: () => show({ fill: 'red', shape: 'ring', text: 'failed: wrong signature' }),
    received(count) {
      total += count;
      show({ fill: 'green', shape: 'dot', text: `received ${total}` });
    },
    close() {
      show({});
      closed = true;
    },
  };
}
