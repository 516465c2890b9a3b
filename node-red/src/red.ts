/**
 * The types of Node-RED's runtime API, completed by what they leave open: what this pack stores, and the values that
 * Node-RED has where its types are narrower.
 */
import type { Node as RuntimeNode, NodeAPI, NodeDef as StoredNode } from '@node-red/registry';

export type { NodeAPI, NodeStatus } from '@node-red/registry';

/** A message on its way through a flow, which may have anything in any property, `topic` too. */
export interface NodeMessage {
  [property: string]: unknown;
}

export type NodeSend = (msg: NodeMessage) => void;
export type NodeDone = (error?: Error) => void;

/** What the editor stored of a node: its settings by name. */
export interface NodeDef extends StoredNode {
  /** ID of the node in its subflow that this one is an instance of; the credentials are stored under it. */
  _alias?: string;
  [setting: string]: unknown;
}

/** Texts as the editor stored them, and what a node stored of its own. */
export type Credentials = Readonly<Record<string, unknown>>;

export type Node = RuntimeNode<Credentials>;

/** Calls back with each deployed node as the editor stored it, before environment variables are put in. */
export function eachStoredNode(RED: NodeAPI, callback: (definition: NodeDef) => void): void {
  RED.nodes.eachNode((definition) => callback(definition as NodeDef));
}

/** What is stored of a node's credentials, before environment variables are put in, if there are any. */
export function storedCredentials(RED: NodeAPI, id: string): Credentials | undefined {
  return RED.nodes.getCredentials(id) as Credentials | undefined;
}

/** Handles a request to the admin API, which has read its JSON body. */
export type AdminHandler = ReturnType<NodeAPI['auth']['needsPermission']>;
export type AdminRequest = Parameters<AdminHandler>[0];
export type AdminResponse = Parameters<AdminHandler>[1];

/** A request to what flows serve, whose body nobody may have read yet. */
export type HttpRequest = AdminRequest;
export type HttpResponse = AdminResponse;
