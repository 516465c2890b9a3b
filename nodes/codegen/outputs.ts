import type { Source } from '../../shared/codegen/load';
import type { Operation } from '../../shared/model';

export function n8nOutputs(_table: Operation[], _source: Source): [string, string][] {
  return [];
}
