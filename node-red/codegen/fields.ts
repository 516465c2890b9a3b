import type { Field, FieldKind } from '../../shared/model';

/** A type of Node-RED's typed input; `choice` is one of ours, with the values to choose from. */
type InputType = string | { choice: readonly string[] };

/** How a field stands in a node's form. */
export interface Input {
  name: string;
  types: readonly InputType[];
  /** What the field holds in a new node. */
  value: string;
  type: string;
  /** What help says that the property of the message may be. */
  takes: string;
}

interface Look {
  /** Types beyond those that every field has. */
  types?: readonly InputType[];
  /** Type in a new node where no property of the message feeds the field. */
  type?: string;
  takes: string;
}

type Render = (field: Field) => Look;

const text: Render = () => ({ takes: 'string' });
const files: Render = () => ({ types: ['json'], takes: 'buffer | object | array' });

/** The empty value stands for a choice that is not made. */
const chosen = ({ choices = [] }: Field): Look => ({
  types: [{ choice: ['', ...choices.map(({ value }) => value)] }],
  type: 'choice',
  takes: 'string',
});

/** How each kind of field looks in Node-RED. What comes of it in a message is read by `src/input.ts`. */
const renderers: Record<FieldKind, Render> = {
  text,
  multiline: text,
  html: text,
  number: () => ({ types: ['num'], takes: 'number' }),
  boolean: () => ({ types: ['bool'], takes: 'boolean' }),
  switch: (field) => ({ ...chosen(field), takes: 'boolean | string' }),
  choice: chosen,
  recipients: () => ({ types: ['json'], takes: 'string | object | array' }),
  attachments: files,
  images: files,
  pairs: () => ({ types: ['json'], takes: 'object' }),
};

const common = ['str', 'msg', 'flow', 'global', 'jsonata', 'env'];

/** The typed input that stands for a field. */
export function toInput(field: Field): Input {
  const { types = [], type = 'str', takes } = renderers[field.kind](field);
  const fed = field.msg === undefined ? { value: '', type } : { value: field.msg, type: 'msg' };
  return { name: field.name, types: [...types, ...common], ...fed, takes };
}

/** The typed input for the most records that a paged operation reads; empty for all. */
export const limitInput: Input = {
  name: 'limit',
  types: ['num', ...common.filter((type) => type !== 'str')],
  value: '',
  type: 'num',
  takes: 'number',
};
