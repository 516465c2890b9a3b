/** The part of Node-RED's runtime API that this pack uses, with the names that Node-RED gives it. */

/** A message on its way through a flow. */
export interface NodeMessage {
  [property: string]: unknown;
}

export interface NodeStatus {
  fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
  shape?: 'ring' | 'dot';
  text?: string;
}

export type NodeSend = (msg: NodeMessage) => void;
export type NodeDone = (error?: Error) => void;

/** What the editor stored of a node: its settings by name. */
export interface NodeDef {
  id: string;
  type: string;
  name?: string;
  /** ID of the node in its subflow that this one is an instance of; the credentials are stored under it. */
  _alias?: string;
  [setting: string]: unknown;
}

/** Texts as the editor stored them, and what a node stored of its own. */
export type Credentials = Readonly<Record<string, unknown>>;

export interface Node {
  id: string;
  type: string;
  name?: string;
  credentials?: Credentials;
  on(event: 'input', listener: (msg: NodeMessage, send: NodeSend, done: NodeDone) => void): void;
  on(event: 'close', listener: (removed: boolean, done: () => void) => void): void;
  status(status: NodeStatus): void;
  /** Writes to Node-RED's log. */
  warn(message: string): void;
  /** Gives an error to the Catch nodes with a copy of its message; without one, to Node-RED's log. */
  error(reason: Error | string, msg?: NodeMessage): void;
}

/** A request to the admin API. */
export interface AdminRequest {
  body?: unknown;
  /** Whether its content has a type. */
  is(type: string): string | false | null;
}

export interface AdminResponse {
  status(code: number): AdminResponse;
  json(body: object): void;
}

export type AdminHandler = (request: AdminRequest, response: AdminResponse, next: () => void) => void;

export interface NodeAPI {
  nodes: {
    createNode(node: Node, definition: NodeDef): void;
    getNode(id: string): Node | null;
    /** Calls back with each deployed node as the editor stored it, before environment variables are put in. */
    eachNode(callback: (definition: NodeDef) => void): void;
    /** What is stored of a node's credentials, before environment variables are put in. */
    getCredentials(id: string): Credentials | undefined;
    /** Stores the credentials of a node in place of those that it had; they are written with the next deploy. */
    addCredentials(id: string, credentials: Credentials): Promise<void>;
    registerType(
      type: string,
      constructor: (this: Node, definition: NodeDef) => void,
      options?: { credentials: Record<string, { type: 'text' | 'password' }> },
    ): void;
  };
  util: {
    /** Throws, or calls back with an error, when the value cannot be had. */
    evaluateNodeProperty(
      value: string,
      type: string,
      node: Node,
      msg: NodeMessage,
      callback: (error: unknown, value?: unknown) => void,
    ): void;
    /** Throws for what names no property. */
    normalisePropertyExpression(property: string, msg: NodeMessage): unknown;
    /** False when the message has something else where an outer property should be. */
    setMessageProperty(msg: NodeMessage, property: string, value: unknown, createMissing: boolean): boolean;
    cloneMessage(msg: NodeMessage): NodeMessage;
    generateId(): string;
    /** Without a callback, for types whose value is at hand, such as `env`. */
    evaluateNodeProperty(value: string, type: string, node: Node | null, msg: NodeMessage): unknown;
  };
  auth: {
    /** Lets a request pass if its user has the permission, or if the admin API is open to all. */
    needsPermission(permission: string): AdminHandler;
  };
  /** Node-RED's admin API, which reads JSON bodies itself. */
  httpAdmin: {
    post(path: string, ...handlers: AdminHandler[]): void;
  };
}
