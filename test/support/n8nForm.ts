import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Field, Operation } from '../../shared/model';
import type { Fixture } from './fixtures';
import type { CredentialData, NodeRun } from './n8nEngine';
import { account } from './account';

type NodeJson = NonNullable<NonNullable<NodeRun['items']>[number]['json']>;

/** The sandbox's account as the credential's form holds it. */
export function credentialFor(url: string): CredentialData {
  return { ownerId: account.owner_id, token: account.token, smtpUser: account.smtpUser, endpoint: url };
}

/** The form of a short email, as n8n stores it. */
export const emailForm = {
  resource: 'message',
  operation: 'sendMail',
  fromEmail: 'shop@example.com',
  to: 'jane@example.com',
  subject: 'Hi',
  html: '<p>Hi</p>',
};

/** A fixture as a person enters it into the node's form, with its files in the item's binary fields. */
export function n8nForm(
  name: OperationName,
  { values, files }: Fixture,
): Pick<NodeRun, 'parameters' | 'items'> {
  const operation: Operation = operations[name];
  const entered = operation.fields.map((field): [Field, unknown] => [field, enter(field, values, files)]);
  const filled = entered.filter(([, value]) => value !== undefined);
  const at = (place: Field['place']) =>
    Object.fromEntries(
      filled.filter(([field]) => field.place === place).map(([field, value]) => [field.name, value]),
    );
  const emailFormat = values.html && values.text ? { emailFormat: 'both' } : {};
  const parameters = {
    ...emailFormat,
    resource: operation.resource,
    operation: name,
    ...at('main'),
    options: { ...at('options'), ...at('delivery') },
  };
  return {
    parameters: parameters as NodeRun['parameters'],
    items: [
      { json: { values: { ...values } } as NodeJson, binary: Object.assign({}, ...Object.values(files)) },
    ],
  };
}

function enter(field: Field, values: Fixture['values'], files: Fixture['files']): unknown {
  const { kind, name, choicesFrom } = field;
  if (kind === 'attachments' || kind === 'images')
    return Object.keys(files[kind] ?? {}).join(', ') || undefined;
  const value = values[name];
  if (choicesFrom && value !== undefined) return { __rl: true, mode: 'name', value };
  if (kind !== 'pairs' && typeof value === 'object') return `={{ $json.values.${name} }}`;
  if (kind !== 'pairs' || value === undefined) return value;
  return {
    pair: Object.entries(value as object).map(([key, one]: [string, unknown]) => ({ name: key, value: one })),
  };
}
