import type { Field, FieldKind } from '../../shared/model';

/**
 * A type of Node-RED's typed input, or one of ours: `choice` with the values to choose from, `choices` where several can be chosen, `text` of several lines
 * with the mode of Node-RED's editor for it, in place of `str`, `markdown` for the same in Markdown, and `list` with the kind of its rows.
 */
type InputType =
  | string
  | { choice: readonly string[] }
  | { choices: readonly string[] }
  | { text: 'html' | 'text' }
  | { markdown: 'markdown' }
  | { list: ListKind };

type ListKind = Extract<FieldKind, 'recipients' | 'pairs' | 'attachments' | 'images'>;

/** How a field is shown in a node's form. */
export interface Input {
  name: string;
  types: readonly InputType[];
  /** What the field holds in a new node. */
  value: string;
  type: string;
  /** What help says that the property of the message may be. */
  takes: string;
  /** Of its label, by its name in Font Awesome. */
  icon: string;
}

interface Look {
  /** Types beyond those that every field has. */
  types?: readonly InputType[];
  /** Type for a text, in place of Node-RED's. */
  text?: InputType;
  /** What the field holds in a new node. */
  usual?: string;
  /** Type in a new node where no property of the message feeds the field. */
  type?: string;
  takes: string;
}

type Render = (field: Field) => Look;

const text: Render = () => ({ takes: 'string' });
const files = (list: ListKind): Look => ({ types: [{ list }, 'json'], takes: 'buffer | object | array' });

/** The empty value stands for a choice that is not made. */
const chosen = ({ choices = [] }: Field): Look => ({
  types: [{ choice: ['', ...choices.map(({ value }) => value)] }],
  type: 'choice',
  takes: 'string',
});

/** How each kind of field looks in Node-RED. What comes of it in a message is read by `src/input.ts`. */
const renderers: Record<FieldKind, Render> = {
  text,
  multiline: () => ({ text: { text: 'text' }, takes: 'string' }),
  html: ({ plainText }) => ({
    text: { text: 'html' },
    ...(plainText && { types: [{ markdown: 'markdown' }] }),
    takes: 'string',
  }),
  number: () => ({ types: ['num'], takes: 'number' }),
  boolean: () => ({ types: ['bool'], takes: 'boolean' }),
  switch: (field) => ({ ...chosen(field), takes: 'boolean | string' }),
  choice: chosen,
  choices: ({ choices = [], required }) => {
    const values = choices.map(({ value }) => value);
    const usual = required ? values.join() : '';
    return { types: [{ choices: values }], type: 'choices', usual, takes: 'string | array' };
  },
  address: () => ({ takes: 'string | object' }),
  addresses: () => ({ takes: 'string | object | array' }),
  messageIds: () => ({ takes: 'string | array' }),
  priority: chosen,
  unsubscribe: () => ({ takes: 'string | array' }),
  recipients: () => ({ types: [{ list: 'recipients' }, 'json'], takes: 'string | object | array' }),
  attachments: () => files('attachments'),
  images: () => files('images'),
  pairs: () => ({ types: [{ list: 'pairs' }, 'json'], takes: 'object' }),
};

/** The icon of each kind of field, as Node-RED's own nodes have them before their labels. */
const icons: Record<FieldKind, string> = {
  text: 'pencil',
  multiline: 'align-left',
  html: 'code',
  number: 'hashtag',
  boolean: 'toggle-on',
  switch: 'toggle-on',
  choice: 'list-ul',
  choices: 'check-square-o',
  address: 'envelope',
  addresses: 'reply',
  messageIds: 'reply',
  priority: 'exclamation',
  unsubscribe: 'sign-out',
  recipients: 'envelope',
  attachments: 'paperclip',
  images: 'picture-o',
  pairs: 'list',
};

const common = ['msg', 'flow', 'global', 'jsonata', 'env'];

/** The typed input that stands for a field. */
export function toInput(field: Field): Input {
  const icon = field.role === 'subject' ? 'header' : icons[field.kind];
  const { types = [], text = 'str', type = 'str', usual = '', takes } = renderers[field.kind](field);
  const msg = field.hosts?.nodeRed?.msg;
  const fed = msg === undefined ? { value: usual, type } : { value: msg, type: 'msg' };
  return { name: field.name, types: [...types, text, ...common], ...fed, takes, icon };
}

/** The typed input for the most records that a paged operation reads; empty for all. */
export const limitInput: Input = {
  name: 'limit',
  types: ['num', ...common],
  value: '',
  type: 'num',
  takes: 'number',
  icon: 'hashtag',
};
