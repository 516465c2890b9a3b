import { inSentence } from '../../../shared/quote';
import { phrase, type Words } from '../../../shared/phrase';
import { tell } from '../language';
import type { Node, NodeAPI } from '../red';

/** What a node remembers of the events that have come. */
export interface EventMemory {
  known(): Promise<readonly string[]>;
  /** Resolves once it is in the node's context, which may outlive Node-RED. */
  remember(known: readonly string[]): Promise<void>;
}

const property = 'known';

/** The memory of a node in its own context, in the store that is the default one. */
export function eventMemory(RED: NodeAPI, node: Node): EventMemory {
  const context = node.context();
  let loading: Promise<readonly string[]> | undefined;
  const load = () =>
    new Promise<readonly string[]>((resolve) => {
      context.get(property, (error: unknown, value: unknown) => {
        if (error) warn(phrase`The context of the node cannot be read (${shownIn(error)})`);
        resolve(isTexts(value) ? value : []);
      });
    });
  // One that fails loses nothing: what is in memory counts until Node-RED ends.
  const warn = (words: Words) => node.warn(tell(RED, words));
  return {
    known: () => (loading ??= load()),
    remember(known) {
      loading = Promise.resolve(known);
      return new Promise((resolve) => {
        context.set(property, known, (error: unknown) => {
          if (error) warn(phrase`The context of the node cannot be written (${shownIn(error)})`);
          resolve();
        });
      });
    },
  };
}

function shownIn(error: unknown): string {
  return inSentence(String(error));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
