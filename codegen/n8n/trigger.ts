/** The form of the trigger, which starts a workflow with what the service reports. */
import type { Source } from '../model/load';
import { webhookEvents, type Field, type Operation } from '../../shared/model';
import type { GeneratedFile } from '../output';
import { byName, parameter, type Parameter } from './fields';
import { eventSchema } from './outputSchema';
import { contentParameter } from './settings';

const folder = 'nodes/SendCleanTrigger';

/** The trigger's files, if an operation is declared as the list of webhooks. */
export function trigger(table: readonly Operation[], source: Source): GeneratedFile[] {
  const events = webhookEvents(table);
  if (!events) return [];
  const sender = table.flatMap(({ fields }) => fields).find(({ account }) => account === 'smtpUser');
  const lists = sender?.choicesFrom ? [sender.choicesFrom.operation] : [];
  return [
    [`${folder}/description/properties.gen.ts`, properties(form(events, sender), lists)],
    [`${folder}/__schema__/v1.0.0.json`, eventSchema(source)],
  ];
}

function properties(all: readonly Parameter[], lists: readonly string[]): string {
  return `import type { INodeProperties } from 'n8n-workflow';

/** The operations whose lists fields are chosen from. */
export const lists: readonly string[] = ${JSON.stringify(lists)};

/** The form of the trigger. */
export const properties: INodeProperties[] = ${JSON.stringify(all, null, 2)};
`;
}

function form(events: Field, sender?: Field): Parameter[] {
  const { description: _, ...simplify } = contentParameter('simplify');
  return [
    {
      ...parameter({ ...events, name: 'events', required: true }),
      description: 'What starts the workflow. An event that SendClean may add later starts it as well.',
    },
    {
      ...simplify,
      description: 'Whether to return a simplified version of each event instead of the raw data',
    },
    {
      displayName: 'Settings',
      name: 'settings',
      type: 'collection',
      placeholder: 'Add setting',
      default: {},
      options: [...(sender ? [senderFilter(sender)] : []), ...registration].sort((one, other) =>
        byName({ name: one.displayName }, { name: other.displayName }),
      ),
    },
    // Of this name and with this value, it has n8n leave the body of a request as it came (`parseRequestBody` in n8n's
    // `webhook-helpers`): n8n itself would refuse one that is not what its Content-Type says.
    { displayName: 'Options', name: 'options', type: 'hidden', default: { binaryData: true } },
  ];
}

function senderFilter(sender: Field): Parameter {
  return {
    ...parameter({ ...sender, name: 'smtpUser', title: 'SMTP User', required: false }),
    description: 'Only events of emails that this SMTP user sent start the workflow',
  };
}

const registration: Parameter[] = [
  {
    displayName: 'Register Webhook',
    name: 'register',
    type: 'boolean',
    default: true,
    description:
      'Whether to add the webhook to the SendClean account when the workflow is activated, and to delete it afterwards. If not, enter the production URL and the events in the SendClean panel.',
  },
  {
    displayName: 'Verify Signature',
    name: 'verifySignature',
    type: 'boolean',
    default: false,
    description:
      'Whether to start the workflow only if the request is signed with the key of the webhook. What SendClean signs is not documented: this is the rule of Mandrill, and SendClean has not confirmed it.',
  },
];
