import { toSendCleanError } from '../../../shared/errors';
import type { HttpRequest, HttpResponse, Node, NodeAPI, NodeDef } from '../red';
import { eventStatus } from './eventStatus';
import { createReceiver, type Receiver } from './receiver';
import { register, withdraw } from './registration';
import { eventSettings } from './settings';
import { tell } from '../language';

/** A node that receives events. */
export interface Events {
  answer(request: HttpRequest, response: HttpResponse): Promise<void>;
  /** @param isRemoved whether the node is deleted or disabled, so that its webhook goes as well. */
  close(isRemoved: boolean): Promise<void>;
}

/**
 * Readies a node for events, and registers it.
 * @param other the node that serves its path already, if one does.
 */
export function openEvents(RED: NodeAPI, node: Node, definition: NodeDef, other: Node | undefined): Events {
  const status = eventStatus(node);
  const closing = new AbortController();
  let receiver: Receiver | undefined;
  try {
    const settings = eventSettings(RED, node, definition, other);
    receiver = createReceiver(RED, node, settings, status);
    status.waiting();
    register(RED, node, settings, status, closing.signal);
  } catch (thrown) {
    const error = toSendCleanError(thrown);
    status.failed(error);
    node.error(tell(RED, error.sentence));
  }
  return {
    async answer(request, response) {
      if (receiver) await receiver.answer(request, response);
      else response.sendStatus(notSetUp);
    },
    async close(isRemoved) {
      closing.abort();
      status.close();
      await receiver?.close();
      if (isRemoved) await withdraw(RED, node);
    },
  };
}

/** HTTP status of a node whose settings are wrong, so that the service sends its events again. */
const notSetUp = 503;
