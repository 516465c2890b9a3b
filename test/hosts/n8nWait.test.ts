/** Send and Wait for Response in an installed n8n: from the email over its page to what goes on in the workflow. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { findings } from '../browser/axe';
import { launchBrowser } from '../browser/browser';
import { control, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type RunningN8n } from './n8n';
import { setUpOwner } from './n8nOwner';
import { publishing } from './queueStand';
import { approval, post, waitingIn, type Waiting } from './waiting';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('Send and Wait for Response in a real n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  let running: RunningN8n;
  let browser: Browser;
  let waiting: Waiting;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({ tarball });
    running = await n8n.start();
    const { addCredential, publish } = publishing(await setUpOwner(running.url));
    const credential = await addCredential('sandbox', credentialFor(sandbox.url));
    waiting = waitingIn({ sandbox: sandbox.url, running: () => running, credential, publish });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await running?.stop();
    n8n?.remove();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await control(sandbox.url, 'messages', undefined, 'DELETE');
  });

  it('lets a reader approve on a page, which nobody does by opening it', async () => {
    const { url, id } = await waiting.ask('approve', approval);
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET', 'HEAD']) await fetch(url, { method });
    await fetch(`${url}&decision=approve&approved=true`);
    await new Promise((resolve) => void setTimeout(resolve, 1000));
    assert.equal(await waiting.going(), undefined);

    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 640 },
    });
    const page = await context.newPage();
    await page.goto(url);
    assert.equal(await page.locator('h1').textContent(), 'Order 1042');
    assert.equal(await page.locator('.message').textContent(), 'May it be sent?\n<b>Really</b>?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Your response has been recorded').waitFor();
    const { data, order } = await waiting.wentOn();
    assert.equal(data?.approved, true);
    assert.equal(data?.xUniqueId, id);
    assert.ok(Date.parse(data?.respondedAt ?? '') > 0);
    assert.equal(order, undefined);

    const again = await post(url, { decision: 'decline' });
    assert.match(await again.text(), /No action required|already/i);
    assert.equal((await messages(sandbox.url)).length, 2);
    await context.close();
  });

  it('is answered by a person who clicks the button of the email in the sandbox’s inbox', async () => {
    const { id } = await waiting.ask('inbox', approval);
    const context = await browser.newContext();
    const inbox = await context.newPage();
    await inbox.goto(`${sandbox.url}/#id=${id}`);
    const opening = inbox.waitForEvent('popup');
    await inbox.frameLocator('iframe').getByRole('link', { name: '<i>Yes' }).click();
    const page = await opening;
    await page.getByRole('button', { name: '<i>Yes' }).click();
    await page.getByText('Your response has been recorded').waitFor();
    assert.equal((await waiting.wentOn()).data?.approved, true);
    await context.close();
  });

  it('lets a reader decline, and refuses a link that somebody made up', async () => {
    const { url } = await waiting.ask('decline', approval);
    const made = [`${url.slice(0, -4)}0000`, url.replace(/id=[^&]*/, 'id=other'), url.split('?')[0] ?? ''];
    for (const link of made)
      for (const wrong of [await fetch(link), await post(link, { decision: 'approve' })]) {
        assert.equal(wrong.status, 401);
        assert.match(await wrong.text(), /<p>This form link is invalid or has expired/);
      }
    assert.equal((await post(url, { decision: 'maybe' })).status, 422);
    assert.equal(await waiting.going(), undefined);
    assert.equal((await post(url, { decision: 'decline' })).status, 200);
    assert.equal((await waiting.wentOn()).data?.approved, false);
  });

  it('shows pages that anybody can use, narrow and wide, light and dark', async () => {
    const values = [
      'text',
      'textarea',
      'number',
      'date',
      'email',
      'password',
      'dropdown',
      'radio',
      'checkbox',
      'file',
    ].map((fieldType) => ({
      fieldType,
      fieldLabel: `The ${fieldType}`,
      requiredField: true,
      placeholder: 'e.g. <this>',
      fieldOptions: { values: [{ option: 'Air' }, { option: 'Sea' }] },
    }));
    const form = await waiting.ask('page-form', { responseType: 'customForm', formFields: { values } });
    await control(sandbox.url, 'messages', undefined, 'DELETE');
    const choice = await waiting.ask('page-approval', approval);
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [360, 1600]) {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
        const page = await context.newPage();
        for (const { url } of [form, choice]) {
          await page.goto(url);
          assert.deepEqual(await findings(page), []);
          const scrolls = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
          assert.equal(await page.evaluate(scrolls), false);
        }
        // The page that asks again, with what is wrong.
        await page.goto(form.url);
        await page.evaluate('document.querySelector("form").noValidate = true');
        await page.getByRole('button', { name: 'Submit' }).click();
        await page.getByRole('alert').waitFor();
        assert.deepEqual(await findings(page), []);
        await context.close();
      }
  });

  it('takes a text', async () => {
    const { url } = await waiting.ask('text', { responseType: 'freeText' });
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByLabel('Response').fill('Please wait');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Your response has been recorded').waitFor();
    assert.equal((await waiting.wentOn()).data?.text, 'Please wait');
    await page.close();
  });

  it('takes a form with files, whose labels may be in any script', async () => {
    const values = [
      { fieldLabel: 'Reason', fieldType: 'textarea', requiredField: true },
      { fieldLabel: 'Days', fieldType: 'number' },
      {
        fieldLabel: 'Way',
        fieldType: 'radio',
        fieldOptions: { values: [{ option: 'Air' }, { option: 'Sea' }] },
      },
      {
        fieldLabel: 'Days of Week',
        fieldType: 'checkbox',
        limitSelection: 'exact',
        numberOfSelections: 2,
        fieldOptions: { values: [{ option: 'Monday' }, { option: 'Tuesday' }, { option: 'Friday, late' }] },
      },
      { fieldLabel: 'وصل', fieldType: 'file', multipleFiles: false },
      { fieldLabel: 'صور', fieldType: 'file' },
    ];
    const { url } = await waiting.ask('form', { responseType: 'customForm', formFields: { values } });
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByLabel('Reason').fill('Late');
    await page.getByLabel('Days', { exact: true }).fill('3');
    await page.getByLabel('Sea').check();
    const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
    await page.getByLabel('وصل').setInputFiles(file('slip.txt'));
    await page.getByLabel('صور').setInputFiles([file('one.txt'), file('two.txt')]);
    await page.getByLabel('Friday, late').check();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Days of Week: choose 2.').waitFor();
    assert.equal(await page.getByLabel('Friday, late').isChecked(), true);
    await page.getByLabel('Monday').check();
    await page.getByLabel('وصل').setInputFiles(file('slip.txt'));
    await page.getByLabel('صور').setInputFiles([file('page 10.txt'), file('page 2.txt')]);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Your response has been recorded').waitFor();
    const { data, files } = await waiting.wentOn();
    const weekdays = ['Monday', 'Friday, late'];
    assert.deepEqual(data?.fields, { Reason: 'Late', Days: 3, Way: 'Sea', 'Days of Week': weekdays });
    assert.deepEqual(files, ['slip.txt', 'page 2.txt', 'page 10.txt']);
    await page.close();
  });

  it('goes on with the item as it was when the time is up, and says so to who comes later', async () => {
    const limitWaitTime = {
      values: { limitType: 'afterTimeInterval', resumeAmount: 0.02, resumeUnit: 'minutes' },
    };
    const { url } = await waiting.ask('limit', { ...approval, options: { limitWaitTime } });
    const { data, order } = await waiting.wentOn(120_000);
    assert.equal(data, undefined);
    assert.equal(order, 1042);
    assert.match(await (await fetch(url)).text(), /No action required|already/i);
  });

  it('goes on when n8n was started again in the meantime', async () => {
    const { url } = await waiting.ask('restart', approval);
    await running.stop();
    running = await n8n.start();
    assert.equal((await post(waiting.here(url), { decision: 'approve' })).status, 200);
    assert.equal((await waiting.wentOn()).data?.approved, true);
  });
});
