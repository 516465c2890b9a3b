import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { MessageSummary } from '../../sandbox/src/records';
import { launchBrowser } from '../browser/browser';
import { messages, until } from '../sandbox/client';
import { startDemo, type RunningDemo } from './demoRun';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** Starts a demo for the tests of a group, and opens the address that it printed. */
function useDemo(title: string, ...options: string[]): { demo: RunningDemo; page: Page } {
  const used = {} as { demo: RunningDemo; page: Page };
  before(async () => {
    used.demo = await startDemo(...options);
    used.page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    used.page.setDefaultTimeout(30_000);
    await used.page.goto(used.demo.line(title));
  });
  after(async () => {
    await used.page?.close();
    await used.demo?.stop();
  });
  return used;
}

/** Waits for the email that comes after these. */
async function next(inbox: string, earlier: readonly MessageSummary[]): Promise<MessageSummary | undefined> {
  await until('another email arrives', async () => (await messages(inbox)).length > earlier.length);
  return (await messages(inbox)).at(-1);
}

describe('the demo of Node-RED, for a person', () => {
  const used = useDemo('Node-RED');

  it('prints the address of the inbox last', () => {
    assert.match(used.demo.lines().at(-1) ?? '', /^Inbox +http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('opens on its flow, without a tour, and with a link to the inbox beside it', async () => {
    const { page, demo } = used;
    await page.locator('.red-ui-flow-node-group').first().waitFor();
    await page.getByText(`Inbox: ${demo.line('Inbox')}`).waitFor();
    const link = page.getByRole('link', { name: 'sandbox inbox' }).first();
    assert.equal(await link.getAttribute('href'), demo.line('Inbox'));
    assert.equal(await page.locator('.red-ui-popover:visible, .red-ui-tourGuide-shade').count(), 0);
  });

  it('has nodes that are valid and do not overlap', async () => {
    const wrong = await used.page.evaluate<string[]>(`(() => {
      const nodes = [...document.querySelectorAll('.red-ui-flow-node-group')].map((group) =>
        [group.textContent.trim(), group.querySelector('.red-ui-flow-node').getBoundingClientRect()]);
      const overlaps = nodes.flatMap(([one, a], index) => nodes.slice(index + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map(([other]) => one + ' / ' + other));
      const errors = [...document.querySelectorAll('.red-ui-flow-node-error')]
        .filter((mark) => mark.checkVisibility() && !mark.classList.contains('hide')
          && mark.getBoundingClientRect().width > 0)
        .map((mark) => 'invalid: ' + mark.parentElement.textContent);
      return [...overlaps, ...errors];
    })()`);
    assert.deepEqual(wrong, []);
  });

  it('prints a link that opens the email it has sent', async () => {
    const page = await browser.newPage();
    await page.goto(used.demo.line('Sent email'));
    await page.getByRole('article', { name: 'Your order 1042' }).waitFor();
    await page.close();
  });

  it('sends again when the button of the inject node is pressed', async () => {
    const inbox = used.demo.line('Inbox');
    const earlier = await messages(inbox);
    await used.page.locator('[id="again"] .red-ui-flow-node-button-button').click();
    assert.equal((await next(inbox, earlier))?.subject, 'Your order 1042');
    await used.page.locator('.red-ui-debug-msg').first().waitFor();
    assert.equal(
      await used.page.locator('.red-ui-debug-msg-level-40, .red-ui-debug-msg-level-20').count(),
      0,
    );
  });
});

describe('the demo of n8n, for a person', () => {
  const used = useDemo('n8n', '--n8n');

  it('prints the address of the inbox last', () => {
    assert.match(used.demo.lines().at(-1) ?? '', /^Inbox +http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('opens its workflow after signing in as it says, and sends when the workflow is executed', async () => {
    const { page, demo } = used;
    const began = Date.now();
    await page.locator('[data-test-id=emailOrLdapLoginId] input').fill(demo.line('Email'));
    await page.locator('[data-test-id=password] input').fill(demo.line('Password'));
    await page.locator('[data-test-id=form-submit-button]').click();
    await page.waitForURL(demo.line('n8n'));
    await page.locator('[data-test-id=canvas-default-node]').filter({ hasText: 'Send Mail' }).waitFor();
    const link = page.getByRole('link', { name: 'sandbox inbox' });
    assert.match((await link.getAttribute('href')) ?? '', new RegExp(`^${demo.line('Inbox')}/?$`));
    const inbox = demo.line('Inbox');
    const earlier = await messages(inbox);
    await page.locator('[data-test-id=execute-workflow-button]').click();
    assert.equal((await next(inbox, earlier))?.subject, 'Your order 1042');
    const seconds = (Date.now() - began) / 1000;
    assert.ok(seconds < 60, `from the address to the email it took ${seconds} s`);
  });
});
