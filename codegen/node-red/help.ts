import { readdirSync, readFileSync } from 'node:fs';
import type { Field, FieldKind, Operation } from '../../shared/model';
import { sample, settings } from './catalog';
import { limitInput, toInput } from './fields';
import { limitNames } from './limits';
import type { Say } from './languages';
import { escape, sentence } from './text';

/** The help of an operation's node: what it takes, what it gives, and what its errors mean. */
export function help(operation: Operation, say: Say): string {
  const { nodeRed, description, fields, notice, paged } = operation;
  const fed = fields.filter(({ msg }) => msg !== undefined);
  const others = fields.filter(({ msg }) => msg === undefined);
  const hasLists = fields.some(({ kind }) => kind === 'recipients');
  return page(nodeRed, [
    paragraph(escape(sentence(say, description))),
    ...(notice ? [paragraph(escape(say(notice)))] : []),
    ...section(
      say('Inputs'),
      fed.map((field) => input(field, say)),
    ),
    ...section(say('Outputs'), outputs(operation, say)),
    heading(say('Details')),
    paragraph(say(inputsHelp)),
    ...(hasLists ? [paragraph(say(listHelp))] : []),
    ...section(say('Set in the node'), [
      ...others.map((field) => setting(field, say)),
      ...(paged ? [entry(say('Limit'), limitInput.takes, say(settings.description.limit), true)] : []),
    ]),
    ...errors(operation, say),
    ...examples(operation, say),
  ]);
}

const inputsHelp =
  'Every field is a typed input. In a new node the fields above take the properties of the message named there; choose another source with the button in front of a field. A property that the message does not have counts as empty. Other properties of the message pass through.';

const listHelp =
  'Recipients, names with values, and files can be entered as a <b>list</b>, row by row. The content of a file is the property that its row names, or text; a MIME type that is empty follows from the file name.';

function input(field: Field, say: Say): string {
  const details = kindDetails[field.kind];
  const text = [
    `<b>${escape(say(field.title))}</b>: ${escape(sentence(say, field.description))}`,
    ...(field.plainText ? [say('A text without any tag is sent as plain text.')] : []),
    ...(details ? [say(details)] : []),
  ];
  return entry(field.msg ?? '', toInput(field).takes, text.join(' '), !field.required);
}

const fileDetails =
  'A Buffer, named by <code>msg.filename</code>; an object <code>{ filename, content, contentType, cid }</code> as for the e-mail node; an object <code>{ type, name, content }</code> with base64; or a list of those. Files are never read by their path.';
const kindDetails: Partial<Record<FieldKind, string>> = {
  attachments: fileDetails,
  images: fileDetails,
  pairs: 'An object of names and values.',
};

function setting(field: Field, say: Say): string {
  const text = escape(sentence(say, field.description));
  return entry(say(field.title), toInput(field).takes, text, !field.required);
}

function outputs({ effect, paged }: Operation, say: Say): string[] {
  const another = say('Another property can be chosen under Result To.');
  if (paged) {
    const all = say(
      'All records, from every page, in the order of the service; with one message per record a record each.',
    );
    const parts = say(
      'With one message per record: what a Join node needs to put them together. No record, no message.',
    );
    return [entry('payload', 'array | object', `${all} ${another}`), entry('parts', 'object', parts, true)];
  }
  if (effect === 'read') return [entry('payload', 'object', say('The response of the service.'))];
  const sent = say(
    '<code>status</code>, <code>message</code> and <code>xUniqueId</code>: the service took the mail.',
  );
  return [entry('payload', 'object', `${sent} ${another}`)];
}

function errors({ effect }: Operation, say: Say): string[] {
  const fate =
    effect === 'send'
      ? '<code>notSent</code> when it is certain that no mail went out, so that the message may be sent again; <code>unknown</code> otherwise.'
      : '<code>notSent</code>: a read sends nothing and may be repeated.';
  const others = 'The field that does not fit, the HTTP status, the name and the code that the service gave.';
  return [
    heading(say('Errors')),
    paragraph(
      say(
        'A failed message goes to the Catch nodes of the flow, with details in <code>msg.sendclean</code>:',
      ),
    ),
    list([
      entry('kind', 'string', kinds),
      entry('fate', 'string', say(fate)),
      entry('message, advice', 'string', say('What happened, and what to do.')),
      entry('path, status, serviceName, code', '', say(others), true),
    ]),
  ];
}

const kinds = 'validation authentication rateLimited service network timeout unexpectedResponse cancelled'
  .split(' ')
  .map((kind) => `<code>${kind}</code>`)
  .join(', ');

/** A message that the new node turns into a call, and the flows in the menu that have the node. */
function examples({ nodeRed, fields }: Operation, say: Say): string[] {
  const lines = fields.flatMap(({ msg, kind, place, placeholder }) =>
    msg && placeholder && place === 'main' && !filed.has(kind)
      ? [`msg.${msg} = ${JSON.stringify(sample(placeholder, say))};`]
      : [],
  );
  const flows = exampleFlows(nodeRed).map((name) => `<code>${name}</code>`);
  return [
    heading(say('Examples')),
    `  <pre>${escape(lines.join('\n'))}</pre>`,
    paragraph(`${say('Flows with this node, in the menu under Import and Examples:')} ${flows.join(', ')}`),
  ];
}

/** Kinds whose placeholder is no value that a message could have. */
const filed = new Set<FieldKind>(['attachments', 'images', 'pairs']);

const exampleFolder = new URL('../../node-red/examples/', import.meta.url);

function exampleFlows(type: string): string[] {
  return readdirSync(exampleFolder)
    .filter((file) => readFileSync(new URL(file, exampleFolder), 'utf8').includes(`"${type}"`))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}

/** The help of the account, whose settings are those of its form. */
export function accountHelp(say: Say): string {
  const { label, description } = settings;
  const row = (name: keyof typeof label & keyof typeof description, takes: string, optional = false) =>
    entry(say(label[name]), takes, sentence(say, description[name]), optional);
  return page('sendclean-account', [
    paragraph(say('An account of SendClean, which the other SendClean nodes use.')),
    ...section(say('Settings'), [
      row('ownerId', 'string'),
      row('token', 'password'),
      row('smtpUser', 'string', true),
      row('domain', 'string'),
      row('endpoint', 'string', true),
      ...limitNames.map((name) => row(name, 'number', true)),
    ]),
    heading(say('Details')),
    ...accountDetails.map((text) => paragraph(say(text))),
  ]);
}

const accountDetails = [
  'A custom endpoint may use plain http only on loopback and private addresses.',
  '<b>Test connection</b> asks SendClean with what stands in the dialog whether it accepts owner ID and token. It reads only, so that no mail is sent. A token that was stored before is used if owner ID and address are the deployed ones; otherwise type it again. Environment variables can be tested after a deploy.',
  'A token is kept with the address that it was entered for and goes to no other one: after a change of App Domain or Custom Endpoint, enter it again. A token from an environment variable goes to the address that is deployed.',
  'Owner ID and token are kept with the credentials of Node-RED, outside of the flow file. They stand in no message, error, log or status.',
];

function page(node: string, parts: readonly string[]): string {
  return `<script type="text/html" data-help-name="${node}">\n${parts.join('\n')}\n</script>`;
}

function heading(text: string): string {
  return `  <h3>${text}</h3>`;
}

function paragraph(text: string): string {
  return `  <p>${text}</p>`;
}

function section(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [heading(title), list(entries)];
}

function list(entries: readonly string[]): string {
  return `  <dl class="message-properties">\n${entries.join('\n')}\n  </dl>`;
}

function entry(name: string, takes: string, text: string, optional = false): string {
  return `    <dt${optional ? ' class="optional"' : ''}>${escape(name)} <span class="property-type">${takes}</span></dt>
    <dd>${text}</dd>`;
}
