import type { Bench } from '../bench';
import type { GroupName } from '../options';
import type { Row } from '../table';
import { measureCore } from './core';
import { measureLoad } from './load';

export const measureGroup: Record<GroupName, (bench: Bench) => Promise<Row[]>> = {
  core: measureCore,
  load: measureLoad,
};
