import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { control } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { sendClean, type WorkflowNode } from './n8nWorkflow';
import type { Rest } from './n8nOwner';

/** A trigger of SendClean, with what is entered in its form. */
export function trigger(credential: string, parameters: object = {}): WorkflowNode {
  return {
    ...sendClean('SendClean Trigger', parameters, credential),
    type: 'n8n-nodes-sendclean.sendCleanTrigger',
    webhookId: crypto.randomUUID(),
  };
}

/** A node that does nothing with what comes. */
export const end: WorkflowNode = {
  name: 'End',
  type: 'n8n-nodes-base.noOp',
  typeVersion: 1,
  parameters: {},
};

/** A webhook as the sandbox lists it. */
export interface ListedWebhook {
  webhook_id: string;
  url: string;
  event: string;
  description: string;
  key: string;
}

/** The webhooks that a sandbox has. */
export async function webhooksOf(sandbox: string): Promise<ListedWebhook[]> {
  const { webhook_list: list } = await callAt(sandbox, 'settings/listWebhook');
  return list as ListedWebhook[];
}

/** How many events a webhook has not taken yet. */
export async function waitingFor(sandbox: string, webhookId: string): Promise<number> {
  return (await deliveriesOf(sandbox, webhookId)).waiting;
}

/** The fault that struck the last delivery to a webhook, if one did. */
export async function lastFault(sandbox: string, webhookId: string): Promise<string | null | undefined> {
  return (await deliveriesOf(sandbox, webhookId)).deliveries[0]?.fault;
}

async function deliveriesOf(sandbox: string, webhookId: string) {
  const response = await control(sandbox, `webhooks/${webhookId}/deliveries`);
  return (await response.json()) as { waiting: number; deliveries: { fault: string | null }[] };
}

/** One execution of a workflow: how it ended, and all that n8n keeps of it, as text. */
export interface Kept {
  status: string;
  text: string;
}

/** All executions of a workflow, whatever became of them. */
export async function executionsOf(rest: Rest, workflowId: string): Promise<Kept[]> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId }));
  const { results } = (await rest('GET', `executions?filter=${filter}&limit=100`)) as {
    results: { id: string }[];
  };
  return await Promise.all(
    results.map(async ({ id }) => {
      const { status, data } = (await rest('GET', `executions/${id}`)) as { status: string; data: string };
      return { status, text: data };
    }),
  );
}

/** The X-Unique-Ids of a burst that started executions, as often as they did. */
export function burstNumbers(executions: readonly Kept[]): string[] {
  return executions.flatMap(({ text }) => [...new Set(text.match(/"burst-\d+-\d+"/g))]);
}

/** Waits until something holds, which a host does in its own time: up to a minute, or so many seconds. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await sleep(100);
  }
}
