import { join } from 'node:path';
import { selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { owner } from '../hosts/n8nOwner';

selectors.setTestIdAttribute('data-test-id');

const images = join(import.meta.dirname, '../../docs/images');

/** Opens n8n in a browser and signs in as its owner. */
export async function signIn(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, baseURL: url });
  page.setDefaultTimeout(20_000);
  await page.goto('/signin');
  await page.getByTestId('emailOrLdapLoginId').locator('input').fill(owner.email);
  await page.getByTestId('password').locator('input').fill(owner.password);
  await page.getByTestId('form-submit-button').click();
  await page.getByTestId('main-sidebar-settings').waitFor();
  return page;
}

/** Opens a new workflow and, in the panel of nodes, what it finds under a word. */
export async function searchNodes(page: Page, word: string): Promise<Locator> {
  await page.goto('/workflow/new');
  await page.getByTestId('canvas-add-button').click();
  return await findNodes(page, word);
}

/** Opens the panel of nodes for the step after the last one, and finds what it has under a word. */
export async function searchNextNodes(page: Page, word: string): Promise<Locator> {
  await page.getByTestId('canvas-handle-plus').last().click();
  return await findNodes(page, word);
}

/** Finds what the panel of nodes has under a word. */
export async function findNodes(page: Page, word: string): Promise<Locator> {
  await page.getByTestId('node-creator-search-bar').fill(word);
  return page.getByTestId('node-creator-action-item');
}

/** Chooses a node that was found, and adds it to the workflow with one of its actions. Its form opens. */
export async function addNode(page: Page, node: Locator, action: string): Promise<void> {
  await node.click();
  const entry = page.getByTestId('node-creator').getByText(action, { exact: true });
  await showActions(page, entry);
  await entry.click();
  await page.getByTestId('ndv').waitFor();
}

/** Opens the list of what the node that was found can do: where a workflow has no trigger yet, only triggers are shown. */
export async function showActions(page: Page, entry: Locator): Promise<void> {
  const heading = page.getByTestId('node-creator').getByText(/^Actions \(\d+\)$/);
  await entry.or(heading).first().waitFor();
  if (!(await entry.isVisible())) await heading.click();
}

/** Opens the form of a node of the workflow. */
export async function openNode(page: Page, name: string): Promise<void> {
  await page.getByTestId('canvas-default-node').filter({ hasText: name }).dblclick();
  await page.getByTestId('ndv').waitFor();
}

/** Closes the form that is open. */
export async function closeNode(page: Page): Promise<void> {
  await page.getByTestId('ndv-close-button').click();
  await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** A field of the form or of a credential. */
export function field(page: Page, name: string): Locator {
  return page.getByTestId(`parameter-input-${name}`);
}

/** Fills text fields in their order, and leaves each, which closes the tip that covers what is below it. */
export async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const input = field(page, name).locator('input, textarea');
    await input.fill(value);
    await input.blur();
  }
}

/** Chooses from the list of a field. */
export async function choose(page: Page, name: string, option: string): Promise<void> {
  await field(page, name).click();
  await optionNamed(page, option).click();
}

/** Adds a field from one of the form's lists. */
export async function addOption(
  page: Page,
  option: string,
  list: 'options' | 'delivery' = 'options',
): Promise<void> {
  const lists = ['options', 'delivery'];
  await page.getByTestId('collection-parameter-add').nth(lists.indexOf(list)).click();
  await optionNamed(page, option).click();
}

/** An option has its description below its name. */
function optionNamed(page: Page, name: string): Locator {
  return page
    .getByRole('option')
    .filter({ has: page.getByText(name, { exact: true }) })
    .filter({ visible: true });
}

/** Types into the code editor of a field. */
export async function typeCode(page: Page, name: string, code: string): Promise<void> {
  await field(page, name).locator('.cm-content').click();
  await page.keyboard.insertText(code);
}

/** Runs the node whose form is open. */
export async function executeStep(page: Page): Promise<void> {
  await page.getByTestId('node-execute-button').click();
}

/** Waits for the first run of the open node to succeed. Gives the fields of the first item, as its panel shows them. */
export async function shownOutput(page: Page): Promise<Record<string, string>> {
  const panel = page.getByTestId('output-panel');
  await panel.getByTestId('node-run-status-success').waitFor();
  await panel.getByTestId('radio-button-schema').click();
  await panel.getByTestId('run-data-schema-item').first().waitFor();
  const items = await panel.getByTestId('run-data-schema-item').all();
  const pairs = items.map(async (item) => [
    await item.getByTestId('run-data-schema-node-name').innerText(),
    await item.getByTestId('run-data-schema-item-value').innerText(),
  ]);
  return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
}

/** Drags one thing onto another, as a hand does. */
export async function drag(page: Page, what: Locator, onto: Locator): Promise<void> {
  await what.hover();
  await page.mouse.down();
  await onto.hover({ force: true });
  await onto.hover({ force: true, position: { x: 60, y: 12 } });
  await page.mouse.up();
}

/** Notices in the corner, and the empty boxes that the code editor leaves behind for its tips. */
const unwanted = '.el-notification, [class^="ͼ"]:empty { display: none !important }';

/**
 * Keeps a picture of the page for the docs when the environment variable `SCREENSHOTS` is 1.
 * @param name of a file in `docs/images`
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  await page.waitForFunction(`!document.querySelector('[class*="-leave-active"], [class*="-enter-active"]')`);
  await page.screenshot({ path: join(images, `${name}.png`), style: unwanted, animations: 'disabled' });
}
