import {
  NodeConnectionTypes,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { onDemand } from '../../shared/wire/onDemand';
import { methodsOf } from '../SendClean/methods';
import { lists, properties } from './description/properties.gen';

/** All that registers and receives; n8n starts without it. */
const router = onDemand(() => import('../SendClean/actions/router'));

const description = 'Starts the workflow when SendClean reports what happened to an email';

/** With the text of `receiveEvents.ts`, when n8n has stored the execution. */
const answered = { responseMode: 'onReceived', responseData: '' } as const;

/** Starts a workflow with the events that SendClean posts to a webhook. */
export class SendCleanTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'SendClean Trigger',
    name: 'sendCleanTrigger',
    icon: { light: 'file:../SendClean/sendclean.svg', dark: 'file:../SendClean/sendclean.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ [$parameter["events"]].flat().join(", ") }}',
    description,
    eventTriggerDescription: 'Waiting for SendClean to report an event',
    activationMessage: 'The workflow now starts with each event that SendClean reports.',
    defaults: { name: 'SendClean Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'sendCleanApi', required: true, testedBy: 'testCredential' }],
    // n8n registers them in this order, and SendClean calls the URL before it adds the webhook, which `default` asks for.
    webhooks: [
      { name: 'setup', httpMethod: 'GET', path: 'events', ...answered, ndvHideUrl: true },
      { name: 'setup', httpMethod: 'HEAD', path: 'events', ...answered, ndvHideUrl: true },
      { name: 'default', httpMethod: 'POST', path: 'events', ...answered },
    ],
    properties,
  };

  methods = methodsOf(router, lists);

  webhookMethods = {
    default: {
      /** What is there already is looked for by `create`, which may have to change it. */
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return false;
      },
      /** Registers the URL with SendClean, see `registration.ts`. */
      async create(this: IHookFunctions): Promise<boolean> {
        const { register } = await router();
        return await register(this);
      },
      /** Removes the URL from SendClean. */
      async delete(this: IHookFunctions): Promise<boolean> {
        const { unregister } = await router();
        return await unregister(this);
      },
    },
  };

  /** Answers SendClean, and starts the workflow with what it reports, see `receiveEvents.ts`. */
  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { receiveEvents } = await router();
    return await receiveEvents(this);
  }
}
