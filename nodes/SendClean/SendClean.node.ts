import {
  NodeConnectionTypes,
  NodeOperationError,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { onDemand } from '../../shared/wire/onDemand';
import { methodsOf } from './methods';
import { hints, lists, properties, subtitle } from './description/properties.gen';

/** All that a run needs; n8n starts without it. */
const router = onDemand(() => import('./actions/router'));

/** How long after this file it is loaded, in milliseconds, so that n8n starts first. */
const soon = 3000;

// Loads it before an update of the package moves its files away; the first run tries again if that fails. Of the timers
// that n8n's rules allow, this is the one that keeps no process alive.
AbortSignal.timeout(soon).addEventListener('abort', () => void router().catch(() => undefined));

const description = 'Send emails and templates with SendClean and see what happened to each';

/** What a model reads of the tool, unless the person describes it. */
const toolDescription = `${description}. Write the content of an email in Markdown.`;

/** Sends emails through the SendClean Email API and reads what happened to them. */
export class SendClean implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'SendClean',
    name: 'sendClean',
    icon: { light: 'file:sendclean.svg', dark: 'file:sendclean.dark.svg' },
    group: ['output'],
    // Version 1 has all options in one list.
    version: [1, 2],
    defaultVersion: 2,
    subtitle,
    description,
    defaults: { name: 'SendClean' },
    usableAsTool: { replacements: { description: toolDescription } },
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'sendCleanApi', required: true, testedBy: 'testCredential' }],
    hints,
    properties,
    // What a link in an email opens while an execution waits; no GET decides anything, see `sendAndWait/webhook.ts`.
    webhooks: (['GET', 'POST'] as const).map((httpMethod) => ({
      name: 'default',
      httpMethod,
      responseMode: 'onReceived',
      responseData: '',
      path: '={{ $nodeId }}',
      restartWebhook: true,
      isFullPath: true,
    })),
    waitingNodeTooltip: `={{ $parameter["operation"] === "sendAndWait" ? "Waiting for a response to the email" : "" }}`,
  };

  methods = methodsOf(router, lists);

  /** Shows what an email asks, and takes the answer. */
  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { answerQuestion } = await router();
    return await answerQuestion(this);
  }

  /** Runs the chosen operation for every item, see `actions/router.ts`. */
  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const { runItems } = await router().catch((cause: Error) => {
      const message = 'The SendClean node cannot be loaded, as during an update of its package';
      const description = 'Nothing was sent, so it is safe to run this again.';
      throw new NodeOperationError(this.getNode(), cause, { message, description });
    });
    return await runItems(this);
  }
}
