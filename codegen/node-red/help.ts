import { settingOf, type SettingName } from '../../shared/form/settings';
import { givesList, type Field, type FieldKind, type Operation } from '../../shared/model';
import { sample } from './catalog';
import { limitInput, toInput } from './fields';
import { entry, exampleFlows, heading, link, list, page, paragraph, section } from './helpHtml';
import { helpTexts as texts } from './helpTexts';
import { limitNames } from './limits';
import type { Translate } from './languages';
import { hasOutcome, isShared, type NodeType } from './nodeTypes';
import { escape, sentence } from './text';

/** The help of a node: what it takes, what it gives, and what its errors mean. */
export function help(node: NodeType, translate: Translate): string {
  const { type, fields, operations } = node;
  const fed = fields.filter((field) => msgOf(field) !== undefined);
  const others = fields.filter((field) => msgOf(field) === undefined);
  const hasLists = fields.some(({ kind }) => kind === 'recipients');
  const [{ title, description, notice }] = operations as [Operation];
  return page(type, [
    ...(isShared(node)
      ? operationList(node, translate)
      : [
          paragraph(escape(sentence(translate, description))),
          ...(notice ? [paragraph(escape(translate(notice)))] : []),
        ]),
    ...section(
      translate(texts.inputs),
      fed.map((field) => input(field, translate)),
    ),
    ...section(translate(texts.outputs), outputs(operations, translate)),
    heading(translate(texts.details)),
    paragraph(translate(isShared(node) ? texts.typedInputsAlone : texts.typedInputs)),
    ...(hasLists ? [paragraph(translate(texts.lists))] : []),
    ...section(translate(texts.setInNode), [
      ...others.map((field) => setting(field, translate)),
      ...(hasOutcome(node, 'limit')
        ? [
            entry(
              translate(settingOf('limit', 'nodeRed').title),
              limitInput.takes,
              translate(settingOf('limit', 'nodeRed').description),
              true,
            ),
          ]
        : []),
    ]),
    ...errors(operations, translate),
    ...examples(node, translate),
    link(translate, isShared(node) ? 'operations.md' : `operations.md#${anchorOf(title)}`),
  ]);
}

/** What each operation of a node does, and how a message chooses one. */
function operationList({ operations }: NodeType, translate: Translate): string[] {
  const rows = operations.map(({ name, title, description }) =>
    entry(translate(title), name, escape(sentence(translate, description))),
  );
  return [paragraph(translate(texts.manage)), list(rows), paragraph(translate(texts.operationOfMessage))];
}

function msgOf({ hosts }: Field): string | undefined {
  return hosts?.nodeRed?.msg;
}

function input(field: Field, translate: Translate): string {
  const details = kindDetails[field.kind];
  const text = [
    `<b>${escape(translate(field.title))}</b>: ${escape(sentence(translate, field.description))}`,
    ...(field.plainText ? [translate(texts.plainText)] : []),
    ...(details ? [translate(details)] : []),
  ];
  return entry(msgOf(field) ?? '', toInput(field).takes, text.join(' '), !field.required);
}

const kindDetails: Partial<Record<FieldKind, string>> = {
  attachments: texts.files,
  images: texts.files,
  pairs: texts.pairs,
};

function setting(field: Field, translate: Translate): string {
  const text = escape(sentence(translate, field.description));
  return entry(translate(field.title), toInput(field).takes, text, !field.required);
}

function outputs(operations: readonly Operation[], translate: Translate): string[] {
  const another = translate(texts.otherProperty);
  const [{ effect }] = operations as [Operation];
  if (operations.some(givesList)) {
    const all = translate(operations.every(givesList) ? texts.allRecords : texts.response);
    const parts = translate(texts.parts);
    return [entry('payload', 'array | object', `${all} ${another}`), entry('parts', 'object', parts, true)];
  }
  if (effect !== 'send') return [entry('payload', 'object', translate(texts.response))];
  const sent = translate(texts.sent);
  return [entry('payload', 'object', `${sent} ${another}`)];
}

function errors(operations: readonly Operation[], translate: Translate): string[] {
  const fates: Record<Operation['effect'], string> = {
    send: texts.fateOfSend,
    change: texts.fateOfChange,
    read: texts.fateOfRead,
  };
  const effects = new Set(operations.map(({ effect }) => effect));
  const fate = [...effects].map((effect) => translate(fates[effect])).join(' ');
  return [
    heading(translate(texts.errors)),
    paragraph(translate(texts.failed)),
    list([
      entry('kind', 'string', kinds),
      entry('fate', 'string', fate),
      entry('message, advice, documentation', 'string', translate(texts.sentences)),
      entry('path, status, serviceName, code', '', translate(texts.otherDetails), true),
    ]),
  ];
}

const kinds = 'validation authentication rateLimited service network timeout unexpectedResponse cancelled'
  .split(' ')
  .map((kind) => `<code>${kind}</code>`)
  .join(', ');

/** A message that the new node turns into a call, and the flows in the menu that have the node. */
function examples({ type, fields }: NodeType, translate: Translate): string[] {
  const lines = fields.flatMap((field) => {
    const { kind, place, placeholder } = field;
    const msg = msgOf(field);
    return msg && placeholder && place === 'main' && !filed.has(kind)
      ? [`msg.${msg} = ${JSON.stringify(sample(placeholder, translate))};`]
      : [];
  });
  const flows = exampleFlows(type).map((name) => `<code>${name}</code>`);
  return [
    heading(translate(texts.examples)),
    ...(lines.length > 0 ? [`  <pre>${escape(lines.join('\n'))}</pre>`] : []),
    ...(flows.length > 0 ? [paragraph(`${translate(texts.flows)} ${flows.join(', ')}`)] : []),
  ];
}

/** Kinds whose placeholder is no value that a message could have. */
const filed = new Set<FieldKind>(['attachments', 'images', 'pairs']);

/** The help of the account, whose settings are those of its form. */
export function accountHelp(translate: Translate): string {
  const row = (name: SettingName, takes: string, optional = false) => {
    const { title, description } = settingOf(name, 'nodeRed');
    return entry(translate(title), takes, sentence(translate, description), optional);
  };
  return page('sendclean-account', [
    paragraph(translate(texts.account)),
    ...section(translate(texts.settings), [
      row('ownerId', 'string'),
      row('token', 'password'),
      row('smtpUser', 'string', true),
      row('domain', 'string'),
      row('endpoint', 'string', true),
      ...limitNames.map((name) => row(name, 'number', true)),
    ]),
    heading(translate(texts.details)),
    ...[texts.plainHttp, texts.test, texts.boundToken, texts.secrets].map((text) =>
      paragraph(translate(text)),
    ),
    link(translate, 'accounts.md'),
  ]);
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
