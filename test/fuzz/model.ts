import type { Arbitrary } from 'fast-check';
import type { OperationName } from '../../shared/generated/types';
import type { Field, Operation } from '../../shared/model';
import type { BinaryInput } from '../support/n8nEngine';

/** What a value that was entered comes to in the request, by the words of the manual. */
export type Meaning =
  | { is: 'empty' }
  | { is: 'refused' }
  /** `beside`: the name that was written beside an address. */
  | { is: 'value'; value: unknown; beside?: unknown }
  /** It may be refused; what stands in the request instead must fit. */
  | { is: 'unsure'; fits(found: unknown): boolean };

/** What is entered into one field. */
export interface Entry {
  entered: unknown;
  meaning: Meaning;
  /** Content-IDs that HTML shows. */
  shows?: readonly string[];
  /** n8n: the files of a field of files, by their binary fields, and the rows of its details. */
  binary?: Record<string, BinaryInput>;
  details?: readonly object[];
  /** n8n: an expression that makes of the names that are entered what the form is given. */
  expression?: (names: string) => string;
}

/** What is entered for one item or message, by the names of the fields. */
export type Case = Readonly<Record<string, Entry>>;

export type WritePairs = (pairs: [name: string, value: unknown][]) => unknown;

/** How an item or a message ended. */
export type Outcome =
  | { result: { xUniqueId?: unknown; skipped?: unknown; skippedRecipients?: unknown } }
  | { error: { message: string; advice: string; kind?: unknown; fate?: unknown } };

/** What a host's forms take, and what happens to it. */
export interface Host {
  /** Values for a field that no manual speaks of. */
  odd(field: Field): Arbitrary<unknown>;
  /** Files as flows of this host hold them. */
  files(field: Field): Arbitrary<Entry>;
  /** The ways to write names and values. */
  pairs(field: Field): readonly WritePairs[];
  /** What an odd value of a field comes to. */
  read(field: Field, value: unknown): Meaning;
  /** What the fields of one case make of each other. */
  settle(operation: Operation, entered: Case): Case;
  /** Fields of the form that no request holds. */
  extras(operation: Operation): Record<string, Arbitrary<Entry>>;
  /** Runs cases, all at once if the host can. */
  run(name: OperationName, cases: readonly Case[]): Promise<Outcome[]>;
}

export const empty: Meaning = { is: 'empty' };
export const refused: Meaning = { is: 'refused' };
export const stands = (value: unknown): Meaning => ({ is: 'value', value });
