/**
 * The operation table: what the generator makes of `shared/operations/*.json`, free of any host.
 * Both adapters, the sandbox and the docs are driven by it; none of them knows an operation by name.
 */

/** What the core has to know of a kind of field, beyond how its value is read (`toRequestValue`). */
interface Kind {
  /** Whether it holds what an email says, which no error repeats. */
  isContent?: true;
  /** Whether its value is a list of files. */
  isFiles?: true;
  /** Whether empty entries of a list are left out. */
  skipsEmpty?: true;
  /** What an entry of its list is called, and the entry's property that is its own value. */
  entry?: { noun: string; value: string };
  /** The headers of the email that its value is made of, where that is not one header of its own. */
  headers?: readonly string[];
}

/**
 * How fields are shown in a form, and what their values may be. A new kind is added here: the compiler then names every
 * table that needs an entry for it, and operation files may use it.
 */
export const fieldKinds = {
  text: {},
  multiline: { isContent: true },
  html: { isContent: true },
  number: {},
  boolean: {},
  switch: {},
  choice: {},
  choices: {},
  address: { skipsEmpty: true },
  addresses: { skipsEmpty: true },
  messageIds: { skipsEmpty: true },
  priority: { headers: ['X-Priority', 'X-MSMail-Priority', 'Importance'] },
  unsubscribe: { skipsEmpty: true, headers: ['List-Unsubscribe', 'List-Unsubscribe-Post'] },
  recipients: { skipsEmpty: true, entry: { noun: 'recipient', value: 'email' } },
  attachments: { isContent: true, isFiles: true, entry: { noun: 'file', value: 'content' } },
  images: { isContent: true, isFiles: true, entry: { noun: 'image', value: 'content' } },
  pairs: { isContent: true },
} as const satisfies Record<string, Kind>;

export type FieldKind = keyof typeof fieldKinds;

/** What is known of a kind. */
export function kindOf({ kind }: { kind: FieldKind }): Kind {
  return fieldKinds[kind];
}

export interface Choice {
  value: string;
  title: string;
  /** What it means, where its title does not say that. */
  description?: string;
}

/**
 * What a field is to the core and to the hosts, whatever its name: the email's X-Unique-Id, by which it is found again;
 * its subject; its headers; its recipient, where it can have no more than one.
 */
export const roles = ['uniqueId', 'subject', 'headers', 'recipient'] as const;

export type Role = (typeof roles)[number];

/** The field of an operation that has a role. */
export function fieldWith({ fields }: Operation, role: Role): Field | undefined {
  return fields.find((field) => field.role === role);
}

/**
 * Where a form has a field, in this order. `main`: always shown; `options` and `delivery`: shown when a person adds it,
 * for what people need and for what operators need.
 */
export const places = ['main', 'options', 'delivery'] as const;

export type Place = (typeof places)[number];

/** What the hosts do with a field, each in its own way. */
export interface FieldHosts {
  n8n?: {
    /** An example of what is entered there, which names binary fields of an item. */
    placeholder?: string;
  };
  nodeRed?: {
    /** The property of `msg` that feeds the field unless the person chose otherwise. */
    msg?: string;
    /** Where the field stands among those that may be the label of a node without a name; 1 comes first. */
    label?: number;
  };
}

/** Where the values are listed that a field can have. They are offered; any other can be entered. */
export interface ChoicesFrom {
  /** Name of the operation, a read without fields that gives a list. */
  operation: string;
  /** Property of a record with the value. */
  value: string;
  /** Property of a record that tells a person which one it is, beside the value. */
  label?: string;
}

/** One field of an operation's form. */
export interface Field {
  /** Key of the field in the form, in camel case; unique within its operation. */
  name: string;
  /** Where its value is in the request, e.g. `['message', 'headers', 'Reply-To']`. */
  path: readonly string[];
  kind: FieldKind;
  title: string;
  description: string;
  /** An example, to be shown as “e.g. …”. */
  placeholder?: string;
  required: boolean;
  place: Place;
  /** The values of a `choice`, of several `choices` and of a `priority`; of a `switch` the value for on and the one for off. */
  choices?: readonly Choice[];
  /** The list of the account that the field is one of. */
  choicesFrom?: ChoicesFrom;
  /** The header that the recipients of a `recipients` field are in. */
  recipientType?: 'to' | 'cc' | 'bcc';
  /** Whether at least one of the fields with the same path must be filled. */
  isOneRequired?: boolean;
  /** The text field that the name beside an `address` belongs to, unless that has a name already. */
  nameField?: string;
  /** Of a field of headers: headers that are refused, each with the name of the field that sets it. */
  instead?: Readonly<Record<string, string>>;
  /** Of a field of headers: headers that never go into the email; `*` at the end stands for anything. */
  leftOut?: readonly string[];
  role?: Role;
  /** What only one host knows of it. */
  hosts?: FieldHosts;
  /** Setting of the account that fills the field when it is empty. */
  account?: 'smtpUser';
  /** The text field that an `html` field's value belongs to when it holds no HTML. */
  plainText?: string;
}

/** How an operation that answers in pages is paged. */
export interface Paging {
  /** Request property that takes the page's index, counted from 0. */
  parameter: string;
  /** Response property that holds a page's records. */
  records: string;
  /** Number of records on a full page. */
  size: number;
}

/** How a property of a result is made easier to use, see `simplify.ts`. */
export interface Simplification {
  property: string;
  /**
   * `plain`: as it is; `raw`: in the raw result only; `time`: milliseconds since 1970 → ISO 8601; `date`: seconds, milliseconds or microseconds
   * since 1970, by size → ISO 8601; `yesNo`: “Yes” and “No”, alone or as the `valid` of an object → true and false; `visits`: the lists `ip`, `ua`, `time` → one
   * list of visits.
   */
  kind: 'plain' | 'raw' | 'time' | 'date' | 'yesNo' | 'visits';
  /** Name of the property in the simplified result. */
  name: string;
}

/**
 * `send`: repeating the call may send an email twice, whatever its method; `change`: it may change something twice;
 * `read`: it may be repeated.
 */
export type Effect = 'send' | 'change' | 'read';

/** A read by which an account is tested. */
export interface AccountTest {
  /** A harmless request. */
  request?: object;
  /** Properties of the result that tell a person whose account it is. */
  says?: Readonly<Record<'name' | 'reputation', string>>;
}

/** The calls by which a host keeps a webhook of its own, and the properties of their records and requests. */
export interface WebhookCalls {
  /** Names of operations. */
  add: string;
  edit: string;
  remove: string;
  /** Names of properties. */
  id: string;
  url: string;
  events: string;
  about: string;
  key: string;
}

/** One call of the service. */
export interface Operation<Name extends string = string> {
  name: Name;
  title: string;
  description: string;
  /** What the operation does, for lists of actions: “Send an email”. */
  action: string;
  /** The thing that the operation is about, for hosts that sort operations by resource. */
  resource: string;
  /** A warning that its form shows. */
  notice?: string;
  method: 'GET' | 'POST';
  /** Path below the base URL, without a leading slash. */
  path: string;
  effect: Effect;
  paged?: Paging;
  /** Response property whose entries are the results; where it is missing, the only list of the response. */
  list?: string;
  /** Response property that is the result. */
  part?: string;
  /** Properties of a record or a response that are passwords or keys. */
  secrets?: readonly string[];
  /** Whether the call is made to get one of its secrets. */
  givesSecret?: true;
  simplified?: readonly Simplification[];
  /** How a host tests by it whether an account is accepted. */
  accountTest?: AccountTest;
  /** Of the list of webhooks: how they are changed. */
  webhooks?: WebhookCalls;
  hosts: {
    /** Type of the operation's node in Node-RED, and its icon if it has one of its own. */
    nodeRed: { type: string; icon?: string };
  };
  fields: readonly Field[];
}

/** The field of the events that a webhook can report, of the operation that adds one. */
export function webhookEvents(table: readonly Operation[]): Field | undefined {
  const calls = table.find(({ webhooks }) => webhooks)?.webhooks;
  const add = table.find(({ name }) => name === calls?.add);
  return add?.fields.find(({ path }) => path.at(-1) === calls?.events);
}

/** Whether an operation gives a list of records. */
export function givesList({ paged, list }: Pick<Operation, 'paged' | 'list'>): boolean {
  return paged !== undefined || list !== undefined;
}

/** What a form holds, by the names of its fields. */
export type FormValues = Readonly<Record<string, unknown>>;
