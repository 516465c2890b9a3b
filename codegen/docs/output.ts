import type { Field, Operation } from '../../shared/model';
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

${table.map(section).join('\n')}`;
}

function section(operation: Operation): string {
  const { title, description, method, path, effect, notice, hosts, paged, fields } = operation;
  const facts = [
    ['call', `\`${method} ${path}\``],
    [
      'effect',
      effect === 'send' ? 'sends: a repeated call may send a second email' : 'reads: may be repeated',
    ],
    ['pages', paged ? `of ${paged.size} records` : 'none'],
    ['node in Node-RED', `\`${hosts.nodeRed.type}\``],
  ];
  return `## ${title}

${description}.
${notice ? `\n> ${notice}\n` : ''}
| fact | |
| --- | --- |
${facts.map((row) => `| ${row.join(' | ')} |`).join('\n')}

| field | in the request | kind | required | what it is |
| --- | --- | --- | --- | --- |
${fields.map(fieldRow).join('\n')}
${fields.map((field) => headerNotes(field, fields)).join('')}`;
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
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
