import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { flowOf, ids } from '../support/nodeRedFlow';
import { endpoint, useEditor } from './nodeRedHarness';

describe('the editor of Node-RED', () => {
  const { runtime, address, newPage, openForm } = useEditor();

  /** Closes the form, and waits until the editor has moved it away: what is opened before would be moved along. */
  async function cancel(page: Page): Promise<void> {
    await page.locator('#node-dialog-cancel').click();
    await page.locator('.red-ui-tray').waitFor({ state: 'detached' });
  }

  const alone = Object.values<Operation<OperationName>>(operations).filter(
    ({ hosts }) => hosts.nodeRed.type !== 'sendclean-manage',
  );
  for (const { name, title, fields } of alone) {
    it(`shows a labelled typed input for each field of ${title}`, async () => {
      const page = await openForm(name);
      const labels = await page
        .locator('#dialog-form [data-types]')
        .evaluateAll((inputs) =>
          inputs.map((input) => input.closest('.form-row')?.querySelector('label')?.textContent?.trim()),
        );
      const expected = [...fields, ...settingFields(operations[name], 'nodeRed')].map((field) => field.title);
      assert.deepEqual(labels.filter((label) => label !== 'Limit').sort(), expected.sort());
      // And one for the property that the result goes to.
      assert.equal(
        await page.locator('#dialog-form .red-ui-typedInput-container').count(),
        labels.length + 1,
      );
      await page.close();
    });
  }

  it('marks a required field that is empty', async () => {
    const page = await openForm('sendTemplate', { templateId: ['', 'str'] });
    const errors = await page.evaluate(`RED.nodes.node('${ids.node}').validationErrors`);
    assert.deepEqual(errors, ['Template ID is required']);
    await page.close();
  });

  it('opens the options when one of them is set', async () => {
    const closed = await openForm('sendMail');
    assert.equal(await closed.locator('#dialog-form details').getAttribute('open'), null);
    await closed.close();
    const open = await openForm('sendMail', { trackOpens: ['yes', 'choice'] });
    assert.equal(await open.locator('#dialog-form details').getAttribute('open'), '');
    assert.ok(await open.locator('#dialog-form details').getByText('Yes', { exact: true }).isVisible());
    await open.close();
  });

  it('keeps what a person enters', async () => {
    const page = await openForm('sendMail', { subject: ['', 'str'] });
    const row = page.locator('#dialog-form .form-row', { hasText: 'Subject' });
    await row.locator('input.red-ui-typedInput-input').fill('Hello');
    await page.locator('#node-dialog-ok').click();
    const stored = await page.evaluate(
      `(({ subject, subjectType }) => [subject, subjectType])(RED.nodes.node('${ids.node}'))`,
    );
    assert.deepEqual(stored, ['Hello', 'str']);
    await page.close();
  });

  it('takes the name of a property out of a field that becomes text, and puts it back', async () => {
    const page = await openForm('sendMail');
    const valueAs = (type: string) =>
      page.evaluate<string>(
        `$('#node-input-html').typedInput('type', '${type}') && $('#node-input-html').typedInput('value')`,
      );
    assert.equal(await valueAs('msg'), 'payload');
    assert.equal(await valueAs('str'), '');
    assert.equal(await valueAs('msg'), 'payload');
    assert.equal(await valueAs('flow'), 'payload');
    await page.close();
  });

  it('says in words what is wrong with a row of a list', async () => {
    const rows = JSON.stringify([{ email: 'jane', name: 'Jane' }]);
    const page = await openForm('sendMail', { to: [rows, 'list'] });
    await page.getByText('Email must contain email addresses such as jane@example.com').waitFor();
    await page.locator('#dialog-form [data-column="email"]').first().fill('jane@example.com');
    await page.getByText('Email must contain email addresses').waitFor({ state: 'hidden' });
    await page.close();
  });

  it('shows every node of ours to somebody who looks for email in the palette', async () => {
    const page = await openForm('sendMail');
    await cancel(page);
    await page.locator('#red-ui-palette-search input').fill('email');
    for (const { hosts } of Object.values<Operation<OperationName>>(operations))
      await page.locator(`.red-ui-palette-node[data-palette-type="${hosts.nodeRed.type}"]`).waitFor();
    await page.close();
  });

  it("shows the status of a node, with its reason, in the editor's language", async () => {
    const page = await newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript("localStorage.setItem('editor-language', 'de')");
    const flow = flowOf('sendMail', { endpoint, attempts: '1' }, { fromEmail: ['from', 'msg'] });
    await runtime().deploy({
      ...flow,
      flows: flow.flows.map((node) => ('x' in node ? { ...node, x: 300, y: 300 } : node)),
    });
    await page.goto(address());
    await page.waitForFunction(`RED.nodes && RED.nodes.node('${ids.node}')`);
    const status = page.locator('.red-ui-flow-node-status-label');
    const mail = { from: 'shop@example.com', to: 'jane@example.com', topic: 'Hi', payload: '<p>Hi</p>' };
    for (const [msg, text] of [
      [{ ...mail, to: '' }, 'nicht gesendet: An ist leer'],
      [{ ...mail, from: 'shop' }, 'nicht gesendet: Absenderadresse muss eine E-Mail-Adresse sein'],
      [{ ...mail, payload: '' }, 'nicht gesendet: HTML oder Text ist erforderlich'],
      [{ ...mail, attachments: [5] }, 'nicht gesendet: Anhänge ist keine Datei'],
      [mail, 'nicht gesendet: keine Verbindung'],
    ] as const) {
      runtime().send(ids.node, msg);
      await status.getByText(text, { exact: true }).waitFor();
    }
    await page.close();
  });

  it("says what is wrong with an account in the editor's language", async () => {
    const page = await newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript("localStorage.setItem('editor-language', 'de')");
    await runtime().deploy(flowOf('sendMail', { endpoint }));
    await page.goto(address());
    await page.waitForFunction(`RED.nodes && RED.nodes.node('account')`);
    await page.evaluate(`RED.editor.editConfig('', 'sendclean-account', 'account')`);
    await page.waitForFunction(`$('#node-config-input-token').val() === '__PWRD__'`);
    const entered = { endpoint: 'http://127.0.0.1:9', token: 'typed' };
    for (const [name, value] of Object.entries(entered))
      await page.locator(`#node-config-input-${name}`).fill(value);
    await page.getByRole('button', { name: 'Verbindung testen' }).click();
    const sentence =
      'SendClean ist nicht erreichbar: die Verbindung wurde abgelehnt; Netzwerk und App-Domain des Kontos prüfen';
    await page.locator('#sendclean-test-result').getByText(sentence, { exact: true }).waitFor();
    await page.close();
  });

  it('asks for the token again when the address of its account is changed', async () => {
    const page = await openForm('sendMail');
    await cancel(page);
    await page.evaluate(`RED.editor.editConfig('', 'sendclean-account', 'account')`);
    const field = (name: string) => page.locator(`#node-config-input-${name}`);
    const hint = page.getByText('The stored token was entered for another address.');
    const stored = '__PWRD__';
    await field('token').waitFor();
    // The editor fetches what is stored after it has shown the form.
    await page.waitForFunction(`$('#node-config-input-token').val() === '${stored}'`);
    const shown = async () => [await field('token').inputValue(), await hint.isVisible()];
    await field('domain').fill('example.com');
    assert.deepEqual(await shown(), [stored, false], 'the endpoint is used instead of the domain');
    await field('endpoint').fill('http://127.0.0.1:9');
    assert.deepEqual(await shown(), ['', true]);
    await field('endpoint').fill(` ${endpoint}`);
    assert.deepEqual(await shown(), [stored, false]);
    await field('endpoint').fill('');
    assert.deepEqual(await shown(), ['', true]);
    await field('token').fill('typed');
    assert.deepEqual(await shown(), ['typed', false]);
    await field('endpoint').fill(endpoint);
    assert.deepEqual(await shown(), ['typed', false]);
    await page.close();
  });
});
