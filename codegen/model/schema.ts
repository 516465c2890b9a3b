/** JSON Schema as the operation files use it. */
export interface JsonSchema {
  $id?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  title?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: string[];
  format?: string;
  pattern?: string;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  propertyNames?: JsonSchema;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  anyOf?: JsonSchema[];
  'x-expected'?: string;
  'x-field'?: false | FieldAnnotation | FieldAnnotation[];
  'x-operation'?: OperationAnnotation;
  /** Whether a property of a response is a password or a key. */
  'x-secret'?: true;
  'x-simplified'?: Pick<Simplification, 'kind'> & Partial<Pick<Simplification, 'name'>>;
  [keyword: string]: unknown;
}

/** The `x-field` annotation, see `shared/operations/README.md`. */
export interface FieldAnnotation {
  kind?: FieldKind;
  name?: string;
  place?: Place;
  title?: string;
  description?: string;
  placeholder?: string;
  required?: boolean;
  choices?: Record<string, string>;
  choicesFrom?: ChoicesFrom;
  recipientType?: 'to' | 'cc' | 'bcc';
  hosts?: FieldHosts;
  account?: 'smtpUser';
  role?: Role;
  plainText?: string;
  nameField?: string;
  instead?: Record<string, string>;
  leftOut?: string[];
}

/** The `x-operation` annotation, see `shared/operations/README.md`. */
export type OperationAnnotation = Pick<
  Operation,
  | 'method'
  | 'path'
  | 'effect'
  | 'resource'
  | 'action'
  | 'hosts'
  | 'notice'
  | 'paged'
  | 'list'
  | 'part'
  | 'givesSecret'
  | 'accountTest'
  | 'webhooks'
>;

/** An operation file: a schema whose `$defs` hold `request`, `response` and, optionally, `result`. */
export interface OperationFile extends JsonSchema {
  $id: string;
  title: string;
  description: string;
  'x-operation': OperationAnnotation;
  $defs: { request: JsonSchema; response: JsonSchema; result?: JsonSchema };
}

import type {
  ChoicesFrom,
  FieldHosts,
  FieldKind,
  Operation,
  Place,
  Role,
  Simplification,
} from '../../shared/model';
