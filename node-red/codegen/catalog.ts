import type { Field, Operation } from '../../shared/model';
import { escape } from './text';

/** What the forms say in English, by the keys under which they ask for it. */
export function catalog(table: readonly Operation[]): string {
  return JSON.stringify({
    sendclean,
    ...Object.fromEntries(table.map((operation) => [operation.nodeRed, texts(operation)])),
  });
}

const sendclean = {
  label: {
    name: 'Name',
    account: 'Account',
    limit: 'Limit',
    options: 'Options',
    ownerId: 'Owner ID',
    token: 'Token',
    smtpUser: 'SMTP User',
    domain: 'App Domain',
    endpoint: 'Custom Endpoint',
  },
  placeholder: {
    limit: 'all',
    smtpUser: 'smtp12345',
    domain: 'us1-mta1.sendclean.net',
    endpoint: 'http://127.0.0.1:8025',
  },
  description: {
    limit: 'The most records to read. Leave empty for all.',
    ownerId: 'ID of the SendClean user, as the SendClean panel shows it',
    token: 'API token of the SendClean user',
    smtpUser: 'SMTP user that sends, unless a node names another one',
    domain: 'Domain that the SendClean panel shows, a bare host name without “https://” and “api.”',
    endpoint:
      'Address of another service, such as the SendClean sandbox. It is used instead of the app domain.',
  },
  type: { choice: 'choice' },
  test: {
    button: 'Test connection',
    running: 'Testing…',
    ok: 'SendClean accepts this account',
    noAnswer: 'Node-RED did not answer the test',
    noPermission: 'You are not allowed to test this account',
  },
  notSet: 'not set',
  required: 'is required',
  bareDomain: 'App Domain must be a bare host name such as us1-mta1.sendclean.net',
  endpointAddress: 'Custom Endpoint must be an address such as http://127.0.0.1:8025, without a path',
};

function texts({ title, notice, fields }: Operation): object {
  const each = (text: (field: Field) => string | undefined) =>
    Object.fromEntries(fields.map((field) => [field.name, text(field)]));
  const choices = fields.flatMap(({ name, choices: list }) => (list ? [[name, titles(list)]] : []));
  return {
    title,
    ...(notice && { notice: escape(notice) }),
    label: each((field) => escape(field.title)),
    description: each(({ description }) => description),
    placeholder: each(({ placeholder }) => placeholder),
    ...(choices.length > 0 && { choice: Object.fromEntries(choices) as object }),
  };
}

function titles(choices: NonNullable<Field['choices']>): object {
  return Object.fromEntries(choices.map(({ value, title }) => [value, title]));
}
