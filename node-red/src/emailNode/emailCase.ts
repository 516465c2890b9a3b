import type { Field } from '../../../shared/model';
import type { NodeDef, NodeMessage } from '../red';
import type { Words } from '../../../shared/phrase';

/** What a rule of `emailFlow.ts` reads: the operation's fields, what they hold for a message, and where that is from. */
export interface Case {
  fields: readonly Field[];
  values: Record<string, unknown>;
  definition: NodeDef;
  msg: NodeMessage;
  /** Sentences for the log about what is left out. */
  warnings: Words[];
}

/** Whether a field is as in a new node: fed by the property of the message that email flows use. */
export function isFed({ name, hosts }: Field, definition: NodeDef): boolean {
  return definition[name] === hosts?.nodeRed?.msg && definition[`${name}Type`] === 'msg';
}
