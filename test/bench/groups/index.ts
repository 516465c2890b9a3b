import type { Bench } from '../bench';
import type { GroupName } from '../options';
import type { Row } from '../table';
import { measureAttachments } from './attachments';
import { measureCore } from './core';
import { measureGrowth } from './growth';
import { measureLoad } from './load';
import { measureN8n } from './n8n';
import { measureNodeRed } from './nodeRed';
import { measurePages } from './pages';

/** What each group measures. */
export const measureGroup: Record<GroupName, (bench: Bench) => Promise<Row[]>> = {
  core: measureCore,
  load: measureLoad,
  n8n: measureN8n,
  nodeRed: measureNodeRed,
  pages: measurePages,
  attachments: measureAttachments,
  growth: measureGrowth,
};
