import type { Field, FieldKind, Operation } from '../../shared/model';
import { limitInput, toInput } from './fields';
import { escape, sentence } from './text';

/** The help of an operation's node: what it takes, what it gives, and what its errors mean. */
export function help(operation: Operation): string {
  const { nodeRed, description, fields, notice, paged } = operation;
  const fed = fields.filter(({ msg }) => msg !== undefined);
  const others = fields.filter(({ msg }) => msg === undefined);
  return `<script type="text/html" data-help-name="${nodeRed}">
  <p>${escape(sentence(description))}</p>
${notice ? `  <p>${escape(notice)}</p>\n` : ''}${section('Inputs', fed.map(input))}${section('Outputs', outputs(operation))}  <h3>Details</h3>
  <p>Every field is a typed input. In a new node the fields above take the properties of the message named there; choose another source with the button in front of a field. A property that the message does not have counts as empty. Other properties of the message pass through.</p>
${operation.fields.some(({ kind }) => kind === 'recipients') ? `  <p>${listHelp}</p>\n` : ''}${section('Set in the node', [...others.map(setting), ...(paged ? [limitHelp] : [])])}${errors(operation)}</script>`;
}

const listHelp =
  'Recipients, names with values, and files can be entered as a <b>list</b>, row by row. The content of a file is the property that its row names, or text; a MIME type that is empty follows from the file name.';

function section(title: string, entries: readonly string[]): string {
  if (entries.length === 0) return '';
  return `  <h3>${title}</h3>
  <dl class="message-properties">
${entries.join('\n')}
  </dl>
`;
}

function entry(name: string, takes: string, text: string, optional = false): string {
  return `    <dt${optional ? ' class="optional"' : ''}>${escape(name)} <span class="property-type">${takes}</span></dt>
    <dd>${text}</dd>`;
}

function input(field: Field): string {
  const details = kindDetails[field.kind] ?? '';
  const plain = field.plainText ? ' A text without any tag is sent as plain text.' : '';
  const text = `<b>${escape(field.title)}</b>: ${escape(sentence(field.description))}${plain}${details}`;
  return entry(field.msg ?? '', toInput(field).takes, text, !field.required);
}

const fileDetails =
  ' A Buffer, named by <code>msg.filename</code>; an object <code>{ filename, content, contentType, cid }</code> as for the e-mail node; an object <code>{ type, name, content }</code> with base64; or a list of those. Files are never read by their path.';
const kindDetails: Partial<Record<FieldKind, string>> = {
  attachments: fileDetails,
  images: fileDetails,
  pairs: ' An object of names and values.',
};

function setting(field: Field): string {
  return entry(field.title, toInput(field).takes, escape(sentence(field.description)), !field.required);
}

const limitHelp = entry('Limit', limitInput.takes, 'The most records to read. Leave empty for all.', true);

function outputs({ effect, paged }: Operation): string[] {
  if (paged) {
    const all =
      'All records, from every page, in the order of the service; with one message per record a record each';
    return [
      entry('payload', 'array | object', `${all}. Another property can be chosen under Result To.`),
      entry(
        'parts',
        'object',
        'With one message per record: what a Join node needs to put them together. No record, no message.',
        true,
      ),
    ];
  }
  if (effect === 'read') return [entry('payload', 'object', 'The reply of the service.')];
  const sent =
    '<code>status</code>, <code>message</code> and <code>xUniqueId</code>: the service took the mail. Another property can be chosen under Result To.';
  return [entry('payload', 'object', sent)];
}

function errors({ effect }: Operation): string {
  const fate =
    effect === 'send'
      ? '<code>notSent</code> when it is certain that no mail went out, so that the message may be sent again; <code>unknown</code> otherwise.'
      : '<code>notSent</code>: a read sends nothing and may be repeated.';
  return `  <h3>Errors</h3>
  <p>A failed message goes to the Catch nodes of the flow, with details in <code>msg.sendclean</code>:</p>
  <dl class="message-properties">
${entry('kind', 'string', `${kinds}.`)}
${entry('fate', 'string', fate)}
${entry('message, advice', 'string', 'What happened, and what to do.')}
${entry('path, status, serviceName, code', '', 'The field that does not fit, the HTTP status, the name and the code that the service gave.', true)}
  </dl>
`;
}

const kinds = 'validation authentication rateLimited service network timeout unexpectedReply cancelled'
  .split(' ')
  .map((kind) => `<code>${kind}</code>`)
  .join(', ');
