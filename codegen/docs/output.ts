import type { Field, Operation } from '../../shared/model';
import { inHost, settings, type Host, type Setting } from '../../shared/form/settings';
import { resourceTitle } from '../model/operations';
import type { Output } from '../output';

const path = 'docs/operations.md';

/** The page on operations: a section for each of them, a row for each field. */
export const docsOutput: Output = {
  places: [{ folder: 'docs', isGenerated: (one) => one === path }],
  files: (table) => [[path, operationDocs(table)]],
};

function operationDocs(table: Operation[]): string {
  return `# Operations

What each operation takes, as its form shows it, and where it goes in the request.

${resourcesOf(table)
  .map((one) => resourceSection(one, table))
  .join('\n')}
${settingsSection()}`;
}

const hosts: readonly Host[] = ['n8n', 'nodeRed'];

const groups: Record<Setting['group'], string> = {
  account: 'Account: the credential in n8n, the account node in Node-RED',
  run: 'Requests: options of the node in n8n, of the account in Node-RED',
  content: 'Content',
  send: 'Sending',
  files: 'Files',
  read: 'Results',
};

/** What the forms ask beside the request. */
function settingsSection(): string {
  const tables = Object.entries(groups).map(([group, title]) => {
    const rows = Object.values<Setting>(settings).filter((setting) => setting.group === group);
    return `### ${title}

| setting | what it does | values | default | in n8n | in Node-RED |
| --- | --- | --- | --- | --- | --- |
${rows.map(settingRow).join('\n')}
`;
  });
  return `## Settings

What the forms have beside the fields of the request. None of it goes to SendClean, except owner ID, token and SMTP user.

${tables.join('\n')}`;
}

function settingRow(setting: Setting): string {
  const { title, description } = setting;
  const places = hosts.map((host) => {
    const own = setting.hosts?.[host] ?? {};
    return 'reason' in own ? `no: ${own.reason}` : 'yes';
  });
  const defaults = hosts.flatMap((host) => inHost(setting, host)?.default ?? []);
  return cellsToRow([
    title,
    description,
    valuesOf(setting),
    [...new Set(defaults)].map(usual).join('; '),
    ...places,
  ]);
}

function valuesOf({ min, max, isWhole, choices }: Setting): string {
  if (choices) return choices.map(({ value }) => `\`${value}\``).join(', ');
  if (min === undefined) return '';
  return `${isWhole ? 'whole ' : ''}number from ${min}${max === undefined ? '' : ` to ${max}`}`;
}

/** A default, of which one host may have none. */
function usual(value: number | string): string {
  return value === '' ? 'none in Node-RED' : `\`${value}\``;
}

function cellsToRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const effects: Record<Operation['effect'], string> = {
  send: 'sends: a repeated call may send a second email',
  change: 'changes: a repeated call may change something twice',
  read: 'reads: may be repeated',
};

/** What operations are about, emails first. */
function resourcesOf(table: Operation[]): string[] {
  const bySends = [...table].sort((a, b) => Number(b.effect === 'send') - Number(a.effect === 'send'));
  return [...new Set(bySends.map(({ resource }) => resource))];
}

/** The operations on one thing. */
function resourceSection(resource: string, table: Operation[]): string {
  const own = table.filter((operation) => operation.resource === resource);
  return `## ${resourceTitle(resource)}\n\n${own.map(section).join('\n')}`;
}

function section(operation: Operation): string {
  const { title, description, method, path, effect, notice, hosts, paged, list, fields } = operation;
  const facts = [
    ['call', `\`${method} ${path}\``],
    ['effect', effects[effect]],
    ...(paged ? [['pages', `of ${paged.size} records`]] : []),
    ...(list === undefined ? [] : [['result', 'one item or message for each record']]),
    ...secretFact(operation),
    ['node in Node-RED', `\`${hosts.nodeRed.type}\``],
  ];
  return `### ${title}

${description}.
${notice ? `\n> ${notice}\n` : ''}
| fact | |
| --- | --- |
${facts.map((row) => `| ${row.join(' | ')} |`).join('\n')}

${fields.length > 0 ? fieldTable(fields) : 'It has no fields.\n'}${fields.map((field) => headerNotes(field, fields)).join('')}`;
}

/** What becomes of passwords and keys. */
function secretFact({ secrets, givesSecret }: Operation): string[][] {
  const names = secrets?.map((name) => `\`${name}\``).join(', ');
  if (!names) return [];
  return [
    [
      'secret',
      givesSecret ? `the result holds ${names}` : `${names}: left out unless _Include Secrets_ is on`,
    ],
  ];
}

function fieldTable(fields: readonly Field[]): string {
  return `| field | in the request | kind | required | what it is |
| --- | --- | --- | --- | --- |
${fields.map(fieldRow).join('\n')}
`;
}

/** Which headers a field does not take. */
function headerNotes({ title, instead = {}, leftOut = [] }: Field, fields: readonly Field[]): string {
  const titleOf = (name: string) => fields.find((field) => field.name === name)?.title;
  const refused = Object.entries(instead).map(([header, name]) => `\`${header}\` (use ${titleOf(name)})`);
  const out = leftOut.map((header) => `\`${header}\``);
  return [
    refused.length ? `\n${title} refuses ${refused.join(', ')}.\n` : '',
    out.length ? `\n${title} leaves these out, as they belong in no email: ${out.join(', ')}.\n` : '',
  ].join('');
}

function fieldRow({ title, path, kind, required, description, choices, recipientType }: Field): string {
  const values = choices ? `: ${choices.map(({ value }) => `\`${value}\``).join(', ')}` : '';
  const type = recipientType ? `, type \`${recipientType}\`` : '';
  const cells = [
    title,
    `\`${path.join('.')}\`${type}`,
    `${kind}${values}`,
    required ? 'yes' : '',
    description,
  ];
  return cellsToRow(cells);
}
