import type { Operation } from '../../shared/model';

export function nodeRedOutputs(_table: Operation[]): [string, string][] {
  return [];
}
