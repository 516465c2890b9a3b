import type { NodeAPI } from '../red';

/** The IDs of the nodes that there are. */
const present = new Set<string>();

/** What is to be done about nodes that have closed, if they are gone, by their IDs. */
const closed = new Map<string, () => void>();

/** Says that a node is there. */
export function appear(id: string): void {
  present.add(id);
}

/**
 * Says that a node has closed.
 * @param gone called once the flows run again, if the node is not among them then. Node-RED does not tell a node in a
 * subflow that it was removed; when Node-RED ends, the flows do not run again.
 */
export function disappear(RED: NodeAPI, id: string, gone?: () => void): void {
  present.delete(id);
  if (!gone) return;
  if (closed.size === 0) RED.events.once('flows:started', settle);
  closed.set(id, gone);
}

function settle(): void {
  const all = [...closed];
  closed.clear();
  for (const [id, gone] of all) if (!present.has(id)) gone();
}
