import type { NodeMessage, NodeStatus } from '../../node-red/src/red';

/** What this harness uses of Node-RED's embedding API, see https://nodered.org/docs/user-guide/runtime/embedding. */
export interface Red {
  init(server: object, settings: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  httpAdmin: (request: object, response: object) => void;
  httpNode: (request: object, response: object) => void;
  nodes: { getNode(id: string): { receive(msg?: NodeMessage): void } | null };
  events: {
    on(event: 'node-status', listener: (event: { id: string; status?: NodeStatus }) => void): void;
    once(event: 'flows:started', listener: () => void): void;
  };
  hooks: {
    add(
      name: `onReceive.${string}`,
      hook: (event: { msg: NodeMessage; destination: { id: string } }) => void,
    ): void;
    add(
      name: `onComplete.${string}`,
      hook: (event: { msg: NodeMessage; error?: Error; node: { id: string } }) => void,
    ): void;
    remove(name: string): void;
  };
  runtime: { flows: { setFlows(options: object): Promise<unknown> } };
}
