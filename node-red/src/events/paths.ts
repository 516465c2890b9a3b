import { inSentence } from '../../../shared/quote';
import type { HttpRequest, HttpResponse, Node, NodeAPI } from '../red';
import { phrase } from '../../../shared/phrase';
import { tell } from '../language';

/** A node that serves a path. */
export interface Server {
  node: Node;
  /** Answers a GET, HEAD or POST request. */
  answer(request: HttpRequest, response: HttpResponse): Promise<void>;
}

type Next = (error?: unknown) => void;

const methods = new Set(['GET', 'HEAD', 'POST']);

/**
 * Who serves which path of Node-RED's HTTP server. It has one route for all of them, as there is no public way to take
 * a route out of it again.
 */
const serversOf = new WeakMap<object, Map<string, Server>>();

/**
 * Has a node serve a path, below Node-RED's HTTP root, until it is released.
 * @returns the node that serves it already, if one does; nothing changes then.
 */
export function servePath(RED: NodeAPI, path: string, server: Server): Node | undefined {
  const servers = serversOf.get(RED.httpNode) ?? addRoute(RED);
  const other = servers.get(path);
  if (!other) servers.set(path, server);
  return other?.node;
}

/** Has a node serve a path no longer. */
export function releasePath(RED: NodeAPI, path: string, node: Node): void {
  const servers = serversOf.get(RED.httpNode);
  if (servers?.get(path)?.node === node) servers.delete(path);
}

/** As http in nodes do, the route asks first what the settings file has for all of them. */
function addRoute(RED: NodeAPI): Map<string, Server> {
  const servers = new Map<string, Server>();
  serversOf.set(RED.httpNode, servers);
  const serverOf = ({ method, path }: HttpRequest) =>
    methods.has(method) ? servers.get(path.endsWith('/') ? path.slice(0, -1) : path) : undefined;
  RED.httpNode.all(
    /^\//,
    (request: HttpRequest, _response: HttpResponse, next: Next) =>
      serverOf(request) ? next() : next('route'),
    ...[RED.settings.httpNodeMiddleware ?? []].flat(),
    (request: HttpRequest, response: HttpResponse, next: Next) => {
      const server = serverOf(request);
      if (!server) return next();
      void server.answer(request, response).catch((error: unknown) => refuse(RED, server, error, response));
    },
    (error: unknown, request: HttpRequest, response: HttpResponse, next: Next) => {
      const server = serverOf(request);
      if (server) refuse(RED, server, error, response);
      else next(error);
    },
  );
  return servers;
}

/** By any status but 200, the service sends the same again; body parsers say which one it should be. */
function refuse(RED: NodeAPI, { node }: Server, error: unknown, response: HttpResponse): void {
  const { message = String(error), status = 503 } = Object(error) as Partial<Failure>;
  node.warn(tell(RED, phrase`A request cannot be read: ${inSentence(message)}`));
  if (!response.headersSent) response.sendStatus(status >= 400 ? status : 503);
}

interface Failure {
  message: string;
  status: number;
}
