import { accountLabels } from '../../shared/wire/account';
import type { Field, Operation } from '../../shared/model';
import { limitTexts } from './limits';
import type { Say } from './languages';
import { escape } from './text';

/** What the forms say in a language, by the keys under which they ask for it. */
export function catalog(table: readonly Operation[], say: Say): string {
  const said = sayAll(settings, say);
  return JSON.stringify({
    sendclean: { ...said, placeholder: { ...(said.placeholder as Texts), ...samples } },
    ...Object.fromEntries(table.map((operation) => [operation.hosts.nodeRed.type, texts(operation, say)])),
  });
}

interface Texts {
  [key: string]: string | Texts;
}

function sayAll(texts: Texts, say: Say): Texts {
  const said = Object.entries(texts).map(([key, text]) => [
    key,
    typeof text === 'string' ? say(text) : sayAll(text, say),
  ]);
  return Object.fromEntries(said) as Texts;
}

/** Placeholders of the account that are the same in every language. */
const samples = {
  smtpUser: 'smtp12345',
  domain: 'us1-mta1.sendclean.net',
  endpoint: 'http://127.0.0.1:8025',
};

/** What the forms of all nodes and of the account say. */
export const settings = {
  label: {
    name: 'Name',
    account: 'Account',
    limit: 'Limit',
    simplify: 'Simplify',
    output: 'Output',
    result: 'Put Result In',
    options: 'Options',
    ...accountLabels,
    ...limitTexts('title'),
  },
  placeholder: {
    limit: 'all',
    unlimited: 'unlimited',
  },
  description: {
    limit: 'Maximum number of records. Leave empty for all.',
    simplify: 'Whether to return simplified records, with ISO 8601 times, instead of the raw ones',
    output:
      'One message with a list of all records, or one message per record, which a Join node can combine',
    result: 'Message property that receives the result',
    ownerId: 'ID of your SendClean user, shown in the SendClean panel',
    token: 'API token of your SendClean user',
    smtpUser: 'Default SMTP user for sending; a node can use a different one',
    domain: 'App domain shown in the SendClean panel: the host name only, without “https://” and “api.”',
    endpoint: 'Address of a different service, such as the SendClean sandbox. It replaces the app domain.',
    ...limitTexts('description'),
  },
  output: { list: 'one message with all records', each: 'one message per record' },
  type: { choice: 'choice', list: 'list' },
  list: {
    add: 'add a row',
    email: 'E-mail',
    name: 'Name',
    value: 'Value',
    filename: 'File name',
    cid: 'Content-ID',
    contentType: 'MIME type',
    content: 'Content',
  },
  expand: 'Open in the editor',
  test: {
    button: 'Test connection',
    running: 'Testing…',
    ok: 'SendClean accepts this account',
    noAnswer: 'Node-RED did not answer the test',
    noPermission: 'You are not allowed to test this account',
  },
  tokenOfAnother: 'The stored token was entered for another address. Enter it again for this one.',
  notSet: 'not set',
  required: 'is required',
  noAddress: 'must contain email addresses such as jane@example.com',
  incomplete: 'has an incomplete row',
  noList: 'is not a list',
  bareDomain: 'App Domain must be a bare host name such as us1-mta1.sendclean.net',
  endpointAddress: 'Custom Endpoint must be an address such as http://127.0.0.1:8025, without a path',
  range: '__label__ must be a number from __min__ to __max__, or empty',
};

function texts({ title, notice, fields }: Operation, say: Say): object {
  const each = (text: (field: Field) => string | undefined) =>
    Object.fromEntries(fields.map((field) => [field.name, text(field)]));
  const choices = fields.flatMap(({ name, choices: list }) => (list ? [[name, titles(list, say)]] : []));
  return {
    title: say(title),
    ...(notice && { notice: escape(say(notice)) }),
    label: each((field) => escape(say(field.title))),
    description: each(({ description }) => say(description)),
    placeholder: each(({ placeholder }) => placeholder && sample(placeholder, say)),
    ...(choices.length > 0 && { choice: Object.fromEntries(choices) as object }),
  };
}

/** A sample in the language if it has words; addresses and IDs stay. */
export function sample(placeholder: string, say: Say): string {
  return placeholder.includes(' ') ? say(placeholder) : placeholder;
}

function titles(choices: NonNullable<Field['choices']>, say: Say): object {
  return Object.fromEntries(choices.map(({ value, title }) => [value, say(title)]));
}
