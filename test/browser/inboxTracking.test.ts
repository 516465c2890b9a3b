import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { readEvents } from '../../shared/events/readEvents';
import { simplifyEvent, type SimpleEvent } from '../../shared/events/simplifyEvent';
import { control, message, until } from '../sandbox/client';
import { startReceiver, type Receiver } from '../sandbox/receiver';
import { callAt } from '../sandbox/settingsClient';
import { useInbox } from './inboxPage';

const inbox = useInbox();
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  const { url } = inbox.sandbox;
  await control(url, 'webhooks/options', { gatherMs: 10 }, 'PUT');
  await callAt(url, 'settings/addWebhook', { url: receiver.url, event: 'open,click' });
});
afterEach(() => receiver.close());

const to = [{ email: 'jane@example.com' }, { email: 'john@example.com' }];
const html = () => `<p>Hello</p><a href="${inbox.sandbox.url}/icon.svg">Offer</a>`;
const events = (): SimpleEvent[] =>
  receiver.posts.flatMap(({ body }) => readEvents(body).events).map(simplifyEvent);

/** Opens the only message, and what its link leads to. */
async function readAndFollow(): Promise<void> {
  await inbox.open();
  await inbox.row('Your order').click();
  const link = inbox.page.frameLocator('iframe').getByRole('link', { name: 'Offer' });
  const opened = inbox.page.waitForEvent('popup');
  await link.click();
  const popup = await opened;
  await popup.waitForURL(`${inbox.sandbox.url}/icon.svg`);
  await popup.close();
}

test('an email whose sender tracks opens is reported when it is opened, and so are the links that are followed', async () => {
  await inbox.send({ to, html: html(), headers: { 'X-STes-TrackOpen': 'yes', 'X-Unique-Id': 'order-1' } });
  await readAndFollow();
  await until('both are reported', () => Promise.resolve(events().length === 2));
  const common = { xUniqueId: 'order-1', email: 'jane@example.com', subject: 'Your order' };
  const [open, click] = events();
  assert.partialDeepStrictEqual(open, { event: 'open', ...common });
  assert.match(String(open?.userAgent), /Chrom/);
  assert.partialDeepStrictEqual(click, { event: 'click', ...common, url: `${inbox.sandbox.url}/icon.svg` });
  await inbox.page.reload();
  await inbox.page.getByRole('article').waitFor();
  assert.equal((await message(inbox.sandbox.url, 1)).events.length, 2);
});

test('an email whose sender tracks neither opens nor clicks can be read without a report', async () => {
  await inbox.send({ to, html: html(), headers: { 'x-stes-trackopen': 'no', 'x-stes-trackclick': 'text' } });
  await readAndFollow();
  const choices = inbox.page.getByRole('combobox', { name: 'Links' }).locator('option');
  assert.deepEqual(await choices.allInnerTexts(), ['only open, as clicks are not tracked']);
  assert.deepEqual((await message(inbox.sandbox.url, 1)).events, []);
  assert.deepEqual(events(), []);
});
