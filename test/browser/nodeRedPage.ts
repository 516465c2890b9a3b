import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

const images = join(import.meta.dirname, '../../docs/images');

/** Opens the editor of a Node-RED and returns when its flows are shown. */
export async function openEditor(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 980 } });
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await isShown(page);
  return page;
}

/** Opens the editor anew, and leaves what is not deployed. */
export async function reload(page: Page): Promise<void> {
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await isShown(page);
}

async function isShown(page: Page): Promise<void> {
  await page.locator('#red-ui-palette .red-ui-palette-node').first().waitFor();
  await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
}

/** Drags a node from the palette into the flow, to the right of another one, and wires it to that. */
export async function dragNode(page: Page, title: string, beside: string): Promise<Locator> {
  await page.locator('#red-ui-palette-search input').fill(title);
  const entry = page.locator(`.red-ui-palette-node[data-palette-label="${title}"]`);
  const before = await box(page.locator(`[id="${beside}"]`));
  await entry.hover();
  await page.mouse.down();
  await page.mouse.move(before.x + 400, before.y, { steps: 10 });
  await page.mouse.move(before.x + 460, before.y + 60, { steps: 10 });
  await page.mouse.up();
  const node = page.locator('.red-ui-flow-node-group', { hasText: title }).last();
  const from = await box(page.locator(`[id="${beside}"] .red-ui-flow-port-output`));
  const to = await box(node.locator('.red-ui-flow-port-input'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await page.mouse.up();
  return node;
}

/** The middle of what is shown. */
async function box(element: Locator): Promise<{ x: number; y: number }> {
  const shown = await element.boundingBox();
  if (!shown) throw new Error('There is nothing to point at');
  return { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
}

/** A row of the form by its label. */
export function row(page: Page, label: string): Locator {
  return page.getByRole('group', { name: label, exact: true }).locator('xpath=..');
}

/** Chooses the type of a typed input. */
export async function chooseType(page: Page, label: string, type: string): Promise<Locator> {
  const field = row(page, label);
  await field.locator('.red-ui-typedInput-type-select').first().click();
  await page.locator('.red-ui-typedInput-options:visible').getByText(type, { exact: true }).click();
  return field;
}

/**
 * Keeps a picture of the page for the docs when the environment variable `SCREENSHOTS` is 1: without passing
 * notices, and with the flow scrolled to its top left corner.
 * @param name of a file in `docs/images`
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  await page.evaluate(
    "$('#red-ui-notifications').empty(); $('#red-ui-workspace-chart').scrollTop(0).scrollLeft(0)",
  );
  await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled' });
}

/** Chooses an entry of the editor's menu. */
export async function openMenu(page: Page, entry: string): Promise<void> {
  await page.locator('#red-ui-header-button-sidemenu').click();
  await page.locator('#red-ui-header-button-sidemenu-submenu').getByText(entry, { exact: true }).click();
}

/** Deploys, and returns when Node-RED says that it did. */
export async function deploy(page: Page): Promise<void> {
  const notice = page.getByText('Successfully deployed');
  // That of an earlier deploy is gone after some seconds.
  await notice.waitFor({ state: 'hidden' });
  await page.locator('#red-ui-header-button-deploy').click();
  await notice.waitFor();
}

/** Presses the button of an Inject node. */
export async function inject(page: Page, id: string): Promise<void> {
  await page.locator(`[id="${id}"] .red-ui-flow-node-button-button`).click();
}
