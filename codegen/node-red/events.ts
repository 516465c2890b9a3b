/** The node that receives events: its texts, its form's choices, and its help. */
import { settingOf } from '../../shared/form/settings';
import { webhookEvents, type Choice, type Operation } from '../../shared/model';
import { storedVersion } from './definitions';
import { entry, exampleFlows, heading, link, list, page, paragraph, section } from './helpHtml';
import { helpTexts } from './helpTexts';
import type { Translate } from './languages';
import { escape, sentence } from './text';
import { written } from './written';

/** The node's type, which is also the catalog of its texts. */
export const eventsType = 'sendclean-events';

/** The English texts of the node's form, beside those that all forms share. */
export const eventsTexts = {
  title: 'Email Events',
  label: {
    account: 'Account',
    path: 'Path',
    events: 'Events',
    smtpUser: 'SMTP User',
    register: 'Register with SendClean',
    publicAddress: 'Public Address',
    verifySignature: 'Verify Signature',
    address: 'Address',
  },
  description: {
    account: 'The account whose webhook is registered or verified. Otherwise, none is needed.',
    path: 'Path of the address that SendClean posts to. Whoever knows it can post events, so it should be one that nobody can guess.',
    events: 'Events that start the flow. One that SendClean may add later starts it as well.',
    smtpUser: 'Only events of emails that this SMTP user sent start the flow',
    simplify:
      'Whether to give events with the same properties as elsewhere and ISO 8601 times, instead of as they came',
    register:
      'Whether to add the webhook to the account on deploy, and to delete it when the node is deleted. If not, enter the address and the events in the SendClean panel.',
    publicAddress:
      'Address under which SendClean reaches Node-RED from the internet, such as that of a proxy. It can be an environment variable such as ${PUBLIC_ADDRESS}.',
    verifySignature:
      'Whether to take only what is signed with the key of the webhook, as Mandrill signs. SendClean has not confirmed this rule.',
  },
  placeholder: { smtpUser: 'all' },
  copy: 'Copy',
  note: {
    registered: 'This address is registered with SendClean on deploy.',
    enter: 'Enter this address and the events in the SendClean panel.',
    enterOther:
      'This is the address of this editor. If SendClean reaches Node-RED under another one, set the public address. Enter the address and the events in the SendClean panel.',
  },
  problem: {
    path: 'must have only letters, digits and the characters / . _ ~ -',
    publicAddress: 'must be an address such as https://flows.example.com',
  },
};

/** The English texts of the node's help. */
export const eventsHelpTexts = {
  about:
    'Starts a flow when SendClean reports what happened to an email: one message for each event, in order.',
  payload: 'The event, simplified or as it came. A simplified one has what came in <code>raw</code>.',
  topic: 'Name of the event, such as <code>hard_bounce</code>.',
  parts: 'Lets a Join node combine the events that came together.',
  reach: 'SendClean must reach the address from the internet, without a login.',
  again:
    'SendClean may send events again. The node knows an event by its ID and starts nothing twice. It remembers the last 5000 in its context, also after a restart if the context store is persistent.',
  registered:
    'If Register with SendClean is on, the webhook is added on deploy, and deleted when the node is deleted or disabled. The status and the log say why one was refused.',
};

const choicesOf = (table: readonly Operation[]): readonly Choice[] => webhookEvents(table)?.choices ?? [];

/** The texts of its catalog that are not in `eventsTexts`: the names of the events. */
export function eventNames(table: readonly Operation[], translate: Translate): object {
  return Object.fromEntries(choicesOf(table).map(({ value, title }) => [value, translate(title)]));
}

/** The definition of the node in the editor, in which all events are chosen. */
export function eventsDefinition(table: readonly Operation[]): string {
  const values = choicesOf(table).map(({ value }) => value);
  return written('events.js')
    .replace('/* version */ 0', `${storedVersion}`)
    .replace("/* events */ ''", `'${values.join()}'`);
}

/** The form of the node. */
export function eventsForm(table: readonly Operation[]): string {
  const types = [{ choices: choicesOf(table).map(({ value }) => value) }];
  return written('events.html').replace('<!-- types -->', escape(JSON.stringify(types)));
}

/** The help of the node. */
export function eventsHelp(translate: Translate): string {
  const { label, description } = eventsTexts;
  const texts = eventsHelpTexts;
  const row = (name: keyof typeof description, takes: string, optional = true) => {
    const title = name === 'simplify' ? settingOf(name, 'nodeRed').title : label[name];
    return entry(translate(title), takes, escape(sentence(translate, description[name])), optional);
  };
  const flows = exampleFlows(eventsType).map((name) => `<code>${name}</code>`);
  return page(eventsType, [
    paragraph(translate(texts.about)),
    ...section(translate(helpTexts.outputs), [
      entry('payload', 'object', translate(texts.payload)),
      entry('topic', 'string', translate(texts.topic)),
      entry('parts', 'object', translate(texts.parts)),
    ]),
    heading(translate(helpTexts.settings)),
    list([
      row('account', 'account'),
      row('path', 'string', false),
      row('events', 'string', false),
      row('smtpUser', 'string'),
      row('simplify', 'boolean'),
      row('register', 'boolean'),
      row('publicAddress', 'string'),
      row('verifySignature', 'boolean'),
    ]),
    heading(translate(helpTexts.details)),
    ...[texts.reach, texts.registered, texts.again].map((text) => paragraph(translate(text))),
    ...(flows.length > 0
      ? [
          heading(translate(helpTexts.examples)),
          paragraph(`${translate(helpTexts.flows)} ${flows.join(', ')}`),
        ]
      : []),
    link(translate, 'events.md'),
  ]);
}
