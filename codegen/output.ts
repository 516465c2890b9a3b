import type { Operation } from '../shared/model';
import type { Source } from './model/load';

/** A file that is generated: its path from the root of the project, and its text before it is formatted. */
export type GeneratedFile = readonly [path: string, text: string];

/** A folder in which all files that `isGenerated` names are an output's own. */
export interface Place {
  folder: string;
  isGenerated(path: string): boolean;
}

/** What is generated for one purpose. */
export interface Output {
  /** Where its files are; one that is no longer made is removed. */
  places: readonly Place[];
  /** Makes its files from the operation files, and from the table that follows from them. */
  files(table: Operation[], source: Source): GeneratedFile[] | Promise<GeneratedFile[]>;
}
