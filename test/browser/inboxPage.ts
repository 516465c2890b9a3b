import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { call, mail } from '../sandbox/client';
import { startSandbox } from '../support/sandbox';
import { launchBrowser } from './browser';

/** A sandbox and a browser page for each test of a file. */
export interface Inbox {
  browser: Browser;
  sandbox: Sandbox;
  page: Page;
  /** What went wrong in the page's own scripts. */
  complaints: string[];
  /** Sends an email that differs from the usual one in these properties. */
  send(message?: object): Promise<void>;
  /** Opens the page, at an address below it. */
  open(path?: string): Promise<void>;
  /** The button of a message in the list. */
  row(subject: string | RegExp): Locator;
}

/** Has every test of the file begin with an empty sandbox and a new page. */
export function useInbox(): Inbox {
  const inbox = {} as Inbox;
  before(async () => {
    inbox.browser = await launchBrowser();
  });
  after(() => inbox.browser.close());
  beforeEach(async () => {
    inbox.sandbox = await startSandbox();
    inbox.page = await inbox.browser.newPage();
    inbox.page.setDefaultTimeout(10_000);
    inbox.complaints = [];
    inbox.page.on('pageerror', ({ message }) => inbox.complaints.push(message));
  });
  afterEach(async () => {
    await inbox.page.close();
    await inbox.sandbox.close();
  });
  inbox.send = async (message = {}) => {
    await call(inbox.sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, ...message } });
  };
  inbox.open = async (path = '/') => {
    await inbox.page.goto(`${inbox.sandbox.url}${path}`);
  };
  inbox.row = (subject) =>
    inbox.page.getByRole('navigation', { name: 'Messages' }).getByRole('button', { name: subject });
  return inbox;
}
