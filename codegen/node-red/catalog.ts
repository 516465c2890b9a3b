import { settingOf, settingsOf, type SettingName } from '../../shared/form/settings';
import type { Field, Operation } from '../../shared/model';
import { eventNames, eventsTexts, eventsType } from './events';
import type { Translate } from './languages';
import { isShared, type NodeType } from './nodeTypes';
import { escape, sentence } from './text';
import { resourceTitle } from '../model/operations';

/** The texts of the forms in a language, by the keys under which they ask for them, and its name. */
export function catalog(language: string, nodes: readonly NodeType[], translate: Translate): string {
  const translated = translateAll(settings, translate);
  return JSON.stringify({
    sendclean: { language, ...translated, placeholder: { ...(translated.placeholder as Texts), ...samples } },
    ...Object.fromEntries(nodes.map((node) => [node.type, texts(node, translate)])),
    [eventsType]: {
      ...translateAll(eventsTexts, translate),
      choice: {
        events: eventNames(
          nodes.flatMap(({ operations }) => operations),
          translate,
        ),
      },
    },
  });
}

interface Texts {
  [key: string]: string | Texts;
}

function translateAll(texts: Texts, translate: Translate): Texts {
  const translated = Object.entries(texts).map(([key, text]) => [
    key,
    typeof text === 'string' ? translate(text) : translateAll(text, translate),
  ]);
  return Object.fromEntries(translated) as Texts;
}

/** The settings that have texts of their own here; those of a send and its files are texts of each node. */
const own = (['account', 'run', 'read'] as const).flatMap((group) => settingsOf(group, 'nodeRed'));

/** One text of each setting that has it, by name. */
function textsOf(text: 'title' | 'description' | 'placeholder'): Record<string, string> {
  return Object.fromEntries(own.flatMap(([name, one]) => (one[text] ? [[name, one[text]]] : [])));
}

/** The choices of settings, by name and value. */
function choicesOf(names: readonly SettingName[]): Record<string, Record<string, string>> {
  const texts = names.map((name) => {
    const { choices = [] } = settingOf(name, 'nodeRed');
    return [name, Object.fromEntries(choices.map(({ value, title }) => [value, title]))];
  });
  return Object.fromEntries(texts) as Record<string, Record<string, string>>;
}

/** Placeholders of the account that are the same in every language. */
const samples = textsOf('placeholder');

/** What `node-red/src/status.ts` and `statusReason.ts` show under a node, beside numbers and the labels of fields. */
export const statusWords = [
  'sending',
  'changing',
  'reading',
  'queued',
  'registered',
  'waiting',
  'received',
  'sent',
  'changed',
  'read',
  'validated, not sent',
  'not sent',
  'not changed',
  'fate unknown',
  'failed',
  'account refused',
  'too many requests',
  'refused by SendClean',
  'no connection',
  'no answer in time',
  'unreadable answer',
  'stopped',
  'is empty',
  'is required',
  'must be text',
  'must be an email address',
  'must be a number',
  'is too long',
  'is exceeded',
  'is not a file',
  'is not used',
  'is taken',
  'shows a missing image',
  'cannot be evaluated',
  'is not set',
  'is not valid',
  'invalid message',
  'wrong signature',
  'or',
];

/** The texts of the forms of all nodes and of the account. */
export const settings = {
  label: {
    name: 'Name',
    account: 'Account',
    options: 'Options',
    operation: 'Operation',
    ...textsOf('title'),
  },
  placeholder: {
    limit: 'all',
    unlimited: 'unlimited',
  },
  description: textsOf('description'),
  ...choicesOf(['nothingFound', 'output']),
  operation: { message: 'from msg.operation' },
  type: { choice: 'choice', choices: 'choices', list: 'list', markdown: 'Markdown' },
  list: {
    add: 'add a row',
    email: 'Email',
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
    ok: 'Owner ID and token are accepted.',
    connected: 'Connected as __name__.',
    reputation: 'Connected as __name__, reputation __reputation__.',
    known: 'The SMTP user is known.',
    unchecked: 'The SMTP user is not checked.',
    noAnswer: 'Node-RED did not answer the test',
    noPermission: 'You are not allowed to test this account',
  },
  offers: {
    noAnswer: 'Node-RED did not answer, so nothing is offered',
    noPermission: 'You are not allowed to see what the account has',
  },
  tokenOfAnother: 'The stored token was entered for another address. Enter it again for this one.',
  notSet: 'not set',
  required: 'is required',
  noAddress: 'must contain email addresses such as jane@example.com',
  incomplete: 'has an incomplete row',
  noList: 'is not a list',
  bareDomain: 'App Domain must be a bare host name such as us1-mta1.sendclean.net',
  endpointAddress: 'Custom Endpoint must be an address such as http://127.0.0.1:8025, without a path',
  status: Object.fromEntries(statusWords.map((word) => [word, word])),
  range: '__label__ must be a number from __min__ to __max__, or empty',
};

function texts(node: NodeType, translate: Translate): object {
  const { title, fields, operations } = node;
  const [{ notice }] = operations as [Operation];
  const each = (text: (field: Field) => string | undefined) =>
    Object.fromEntries(fields.map((field) => [field.name, text(field)]));
  const choices = fields.flatMap(({ name, choices: list }) =>
    list ? [[name, titles(list, translate)]] : [],
  );
  return {
    title: translate(title),
    ...(notice && { notice: escape(translate(notice)) }),
    label: each((field) => escape(translate(field.title))),
    description: each(({ description }) => translate(description)),
    placeholder: each(({ placeholder }) => placeholder && sample(placeholder, translate)),
    ...(choices.length > 0 && { choice: Object.fromEntries(choices) as object }),
    ...(isShared(node) && shared(node, translate)),
  };
}

/** The texts of a node of several operations: what each is about and does, and what its fields are there. */
function shared({ operations }: NodeType, translate: Translate): object {
  const each = operations.map(({ name, title, description, fields }) => [
    name,
    {
      title: translate(title),
      description: sentence(translate, description),
      field: Object.fromEntries(fields.map((field) => [field.name, translate(field.description)])) as object,
    },
  ]);
  const resources = operations.map(({ resource }) => [resource, translate(resourceTitle(resource))]);
  return { of: Object.fromEntries(each) as object, resource: Object.fromEntries(resources) as object };
}

/** A sample in the language if it has words; addresses and IDs stay. */
export function sample(placeholder: string, translate: Translate): string {
  return placeholder.includes(' ') ? translate(placeholder) : placeholder;
}

function titles(choices: NonNullable<Field['choices']>, translate: Translate): object {
  return Object.fromEntries(choices.map(({ value, title }) => [value, translate(title)]));
}
