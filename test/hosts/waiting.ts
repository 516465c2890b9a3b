import assert from 'node:assert/strict';
import { message, messages, until } from '../sandbox/client';
import type { RunningN8n } from './n8n';
import { chain, sendClean, webhook } from './n8nWorkflow';
import type { QueueStand } from './queueStand';

/** What goes on in a workflow after the wait, as an email of its own says it. */
export interface Going {
  data?: { approved?: boolean; text?: string; fields?: object; respondedAt?: string; xUniqueId?: string };
  /** The names of the files. */
  files?: string[];
  /** Of the item that came in. */
  order?: number;
}

/** What a reader gets. */
export interface Question {
  /** Of the page that the email opens. */
  url: string;
  /** The X-Unique-Id of the email. */
  id: string;
}

interface Stand extends Pick<QueueStand, 'publish'> {
  /** Address of the sandbox. */
  sandbox: string;
  /** The n8n that runs now. */
  running: () => Pick<RunningN8n, 'url' | 'log'>;
  /** ID of the credential. */
  credential: string;
}

const subject = 'What goes on';

/** The node that asks. */
export const asking = (parameters: object, credential?: string) => ({
  ...sendClean(
    'Ask',
    {
      resource: 'message',
      operation: 'sendAndWait',
      fromEmail: 'shop@example.com',
      toEmail: 'jane@example.com',
      subject: '=Order {{ $json.body.order }}',
      message: 'May it be sent?\n<b>Really</b>?',
      ...parameters,
    },
    credential,
  ),
  typeVersion: 2,
});

/** The node that reports. */
const reporting = (credential: string) => ({
  ...sendClean(
    'Report',
    {
      resource: 'message',
      operation: 'sendMail',
      fromEmail: 'shop@example.com',
      to: 'log@example.com',
      subject,
      emailFormat: 'text',
      text: '={{ JSON.stringify({ data: $json.data, order: $json.body?.order, files: Object.values($binary ?? {}).map((one) => one.fileName) }) }}',
    },
    credential,
  ),
  typeVersion: 2,
});

/** Workflows of an n8n that ask a reader, and what comes of them. */
export function waitingIn({ sandbox, running, credential, publish }: Stand) {
  const here = (url: string): string => at(running().url, url);
  const going = async (): Promise<Going | undefined> => {
    const report = (await messages(sandbox)).find((one) => one.subject === subject);
    return report && (JSON.parse((await message(sandbox, report.id)).text ?? '{}') as Going);
  };
  const asked = (): Promise<Question> => questionIn(sandbox, running().url);
  return {
    here,
    going,
    asked,
    /** Publishes a workflow that asks something, runs it, and gives what its email has. */
    async ask(path: string, parameters: object): Promise<Question> {
      const start = webhook(path);
      await publish(
        chain(path, [asking(parameters, credential), reporting(credential)], {
          ...start,
          parameters: { ...(start.parameters as object), responseMode: 'onReceived' },
        }),
      );
      // n8n has a webhook only some moments after its workflow is published.
      await until('the workflow began', async () => (await begin(`${running().url}/webhook/${path}`)).ok);
      return await asked();
    },
    /** What goes on; it fails if nothing does for that many milliseconds. */
    wentOn: (patience?: number): Promise<Going> => whatComes(going, running, patience),
  };
}

export type Waiting = ReturnType<typeof waitingIn>;

/** The same address at an n8n that runs now, which has another port each time. */
function at(n8n: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${n8n}${pathname}${search}`;
}

/**
 * What the only email asks.
 * @param sandbox its address
 * @param n8n the address of the n8n that waits
 */
export async function questionIn(sandbox: string, n8n: string): Promise<Question> {
  await until('the email arrived', async () => (await messages(sandbox)).length > 0);
  const [summary] = await messages(sandbox);
  const { html, xUniqueId } = await message(sandbox, summary?.id ?? 0);
  const [, href = ''] = /<a href="([^"]+)"/.exec(html ?? '') ?? [];
  const url = at(n8n, href.replaceAll('&amp;', '&'));
  // The email is there a moment before n8n waits.
  await until('n8n waits', async () => (await fetch(url)).ok);
  return { url, id: xUniqueId ?? '' };
}

/** What comes of a workflow that goes on; it fails if nothing does for that many milliseconds. */
export async function whatComes<Found>(
  find: () => Promise<Found | undefined>,
  running: () => Pick<RunningN8n, 'log'>,
  patience = 20_000,
): Promise<Found> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await find();
    if (found) return found;
    assert.ok(Date.now() < end, `the workflow did not go on: ${running().log().slice(-2000)}`);
    await new Promise((resolve) => void setTimeout(resolve, 250));
  }
}

/** Starts a workflow by its webhook. */
export function begin(url: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order: 1042 }),
  });
}

/** Answers as the form of the page does. */
export function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
}

/** A question with two buttons, one of which has HTML in its label. */
export const approval = { approvalOptions: { values: { approvalType: 'double', approveLabel: '<i>Yes' } } };
