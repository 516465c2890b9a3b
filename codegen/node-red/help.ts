import { readdirSync, readFileSync } from 'node:fs';
import { settingOf, type SettingName } from '../../shared/form/settings';
import type { Field, FieldKind, Operation } from '../../shared/model';
import { sample } from './catalog';
import { limitInput, toInput } from './fields';
import { limitNames } from './limits';
import type { Translate } from './languages';
import { escape, sentence } from './text';

/** The help of an operation's node: what it takes, what it gives, and what its errors mean. */
export function help(operation: Operation, translate: Translate): string {
  const { hosts, description, fields, notice, paged } = operation;
  const fed = fields.filter((field) => msgOf(field) !== undefined);
  const others = fields.filter((field) => msgOf(field) === undefined);
  const hasLists = fields.some(({ kind }) => kind === 'recipients');
  return page(hosts.nodeRed.type, [
    paragraph(escape(sentence(translate, description))),
    ...(notice ? [paragraph(escape(translate(notice)))] : []),
    ...section(
      translate('Inputs'),
      fed.map((field) => input(field, translate)),
    ),
    ...section(translate('Outputs'), outputs(operation, translate)),
    heading(translate('Details')),
    paragraph(translate(inputsHelp)),
    ...(hasLists ? [paragraph(translate(listHelp))] : []),
    ...section(translate('Set in the node'), [
      ...others.map((field) => setting(field, translate)),
      ...(paged
        ? [
            entry(
              translate('Limit'),
              limitInput.takes,
              translate(settingOf('limit', 'nodeRed').description),
              true,
            ),
          ]
        : []),
    ]),
    ...errors(operation, translate),
    ...examples(operation, translate),
    link(translate, `operations.md#${anchorOf(operation.title)}`),
  ]);
}

const inputsHelp =
  'Every field is a typed input. In a new node, the fields above read the message properties named there; use the button in front of a field to choose a different source. A missing property counts as empty. Other message properties pass through.';

const listHelp =
  "Recipients, name-value pairs and files can be entered as a <b>list</b>, row by row. A file's content is the property named in its row, or text; an empty MIME type is derived from the file name.";

function msgOf({ hosts }: Field): string | undefined {
  return hosts?.nodeRed?.msg;
}

function input(field: Field, translate: Translate): string {
  const details = kindDetails[field.kind];
  const text = [
    `<b>${escape(translate(field.title))}</b>: ${escape(sentence(translate, field.description))}`,
    ...(field.plainText ? [translate('Text without any HTML tag is sent as plain text.')] : []),
    ...(details ? [translate(details)] : []),
  ];
  return entry(msgOf(field) ?? '', toInput(field).takes, text.join(' '), !field.required);
}

const fileDetails =
  'A Buffer, named by <code>msg.filename</code>; an object <code>{ filename, content, contentType, cid }</code> as the e-mail node takes; an object <code>{ type, name, content }</code> with base64; or a list of these. Files are never read from a path.';
const kindDetails: Partial<Record<FieldKind, string>> = {
  attachments: fileDetails,
  images: fileDetails,
  pairs: 'An object of names and values.',
};

function setting(field: Field, translate: Translate): string {
  const text = escape(sentence(translate, field.description));
  return entry(translate(field.title), toInput(field).takes, text, !field.required);
}

function outputs({ effect, paged }: Operation, translate: Translate): string[] {
  const another = translate('You can choose another property under Put Result In.');
  if (paged) {
    const all = translate(
      'All records from all pages, in the order of the service; with one message per record, one record each.',
    );
    const parts = translate(
      'With one message per record: lets a Join node combine them. If there is no record, no message is sent.',
    );
    return [entry('payload', 'array | object', `${all} ${another}`), entry('parts', 'object', parts, true)];
  }
  if (effect === 'read') return [entry('payload', 'object', translate('The response of the service.'))];
  const sent = translate(
    '<code>status</code>, <code>message</code> and <code>xUniqueId</code>: the service accepted the email.',
  );
  return [entry('payload', 'object', `${sent} ${another}`)];
}

function errors({ effect }: Operation, translate: Translate): string[] {
  const fate =
    effect === 'send'
      ? '<code>notSent</code> if it is certain that no email was sent, so it is safe to send the message again; otherwise <code>unknown</code>.'
      : '<code>notSent</code>: a read sends nothing and is safe to repeat.';
  const others = "The invalid field, the HTTP status, and the service's error name and code.";
  return [
    heading(translate('Errors')),
    paragraph(
      translate(
        "A failed message goes to the flow's Catch nodes, with details in <code>msg.sendclean</code>:",
      ),
    ),
    list([
      entry('kind', 'string', kinds),
      entry('fate', 'string', translate(fate)),
      entry('message, advice, documentation', 'string', translate('What happened and what to do.')),
      entry('path, status, serviceName, code', '', translate(others), true),
    ]),
  ];
}

const kinds = 'validation authentication rateLimited service network timeout unexpectedResponse cancelled'
  .split(' ')
  .map((kind) => `<code>${kind}</code>`)
  .join(', ');

/** A message that the new node turns into a call, and the flows in the menu that have the node. */
function examples({ hosts, fields }: Operation, translate: Translate): string[] {
  const lines = fields.flatMap((field) => {
    const { kind, place, placeholder } = field;
    const msg = msgOf(field);
    return msg && placeholder && place === 'main' && !filed.has(kind)
      ? [`msg.${msg} = ${JSON.stringify(sample(placeholder, translate))};`]
      : [];
  });
  const flows = exampleFlows(hosts.nodeRed.type).map((name) => `<code>${name}</code>`);
  return [
    heading(translate('Examples')),
    `  <pre>${escape(lines.join('\n'))}</pre>`,
    paragraph(
      `${translate('Flows that use this node, in the menu under Import and Examples:')} ${flows.join(', ')}`,
    ),
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
export function accountHelp(translate: Translate): string {
  const row = (name: SettingName, takes: string, optional = false) => {
    const { title, description } = settingOf(name, 'nodeRed');
    return entry(translate(title), takes, sentence(translate, description), optional);
  };
  return page('sendclean-account', [
    paragraph(translate('A SendClean account that the other SendClean nodes use.')),
    ...section(translate('Settings'), [
      row('ownerId', 'string'),
      row('token', 'password'),
      row('smtpUser', 'string', true),
      row('domain', 'string'),
      row('endpoint', 'string', true),
      ...limitNames.map((name) => row(name, 'number', true)),
    ]),
    heading(translate('Details')),
    ...accountDetails.map((text) => paragraph(translate(text))),
    link(translate, 'accounts.md'),
  ]);
}

const accountDetails = [
  'A custom endpoint can use plain http only for loopback and private addresses.',
  '<b>Test connection</b> checks the owner ID and token in this dialog with SendClean. It only reads, so no email is sent. A stored token is used only with the deployed owner ID and address; otherwise, enter it again. Environment variables can be tested after a deploy.',
  'A token is only sent to the address it was entered for: after you change App Domain or Custom Endpoint, enter it again. A token from an environment variable is sent to the deployed address.',
  "Owner ID and token are stored in Node-RED's credentials, not in the flow file. They never appear in a message, error, log or status.",
];

/** A link to a page of the project's documentation. */
function link(translate: Translate, address: string): string {
  const url = `https://github.com/sendclean-nodes/sendclean-nodes/blob/main/docs/${address}`;
  return paragraph(`<a href="${url}" target="_blank" rel="noopener">${translate('Documentation')}</a>`);
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

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
