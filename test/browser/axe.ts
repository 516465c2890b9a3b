import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/**
 * What axe, the usual checker of accessibility, finds on a page, in sentences; empty if nothing.
 * Frames are left out: they show the HTML of others.
 */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const options = "{ exclude: ['iframe'] }, { iframes: false }";
  const { violations } = await page.evaluate<{ violations: Finding[] }>(`axe.run(${options})`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}, ${target.join(' ')}: ${failureSummary}`),
  );
}
