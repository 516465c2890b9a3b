import { migrated } from '../migrations';
import type { Node, NodeAPI, NodeDef } from '../red';
import type { Events } from './openEvents';
import { pathOf } from './path';
import { releasePath, servePath } from './paths';
import { appear, disappear } from './presence';
import { phrase } from '../../../shared/phrase';
import { tell } from '../language';

/**
 * Registers the node that receives events, see `openEvents.ts`. Its path is served at once, and the rest is loaded with
 * the first request, or soon after.
 * @param soon after how many milliseconds.
 */
export function registerEvents(
  RED: NodeAPI,
  runtime: () => Promise<Pick<typeof import('../runtime'), 'openEvents' | 'withdraw'>>,
  soon: number,
): void {
  RED.nodes.registerType('sendclean-events', function (this: Node, stored: NodeDef) {
    RED.nodes.createNode(this, stored);
    const definition = migrated(stored);
    const path = servable(RED, definition);
    let opening: Promise<Events> | undefined;
    const open = async () => {
      const { openEvents } = await runtime();
      return openEvents(RED, this, definition, other);
    };
    const opened = () =>
      (opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      }));
    const answer: Events['answer'] = async (request, response) =>
      await (await opened()).answer(request, response);
    const other = path === undefined ? undefined : servePath(RED, path, { node: this, answer });
    const timer = setTimeout(() => void opened().catch(() => this.error(tell(RED, notLoaded))), soon);
    const warn = () => this.warn(tell(RED, notLoaded));
    appear(this.id);
    this.on('close', (isRemoved: boolean, done: () => void) => {
      clearTimeout(timer);
      if (path !== undefined) releasePath(RED, path, this);
      const last = isRemoved ? opened() : opening;
      const end = async () => await (await last)?.close(isRemoved);
      void end()
        .catch(warn)
        .finally(() => done());
      const withdraw = async () => await (await runtime()).withdraw(RED, this);
      disappear(RED, this.id, isRemoved ? undefined : () => void withdraw().catch(warn));
    });
  });
}

const notLoaded = phrase`The SendClean nodes cannot be loaded, as during an update of the pack: restart Node-RED`;

/** The path that a node can serve; what is wrong with another is said once the rest is loaded. */
function servable(RED: NodeAPI, definition: NodeDef): string | undefined {
  if (RED.settings.httpNodeRoot === false) return undefined;
  try {
    return pathOf(definition);
  } catch {
    return undefined;
  }
}
