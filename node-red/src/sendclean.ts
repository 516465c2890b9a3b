import { SendCleanError } from '../../shared/errors';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { onDemand } from '../../shared/wire/onDemand';
import { bindToken } from './boundToken';
import { registerEvents } from './events/eventsNode';
import type { Calls } from './operationNode';
import { migrated } from './migrations';
import { complete } from './passOn';
import type { Node, NodeAPI, NodeDef } from './red';
import { report } from './report';
import { phrase } from '../../shared/phrase';

/** All that the first message needs, axios included; Node-RED starts without it. */
const runtime = onDemand(() => import('./runtime'));

/** How long after the first node it is loaded, in milliseconds, so that the flows start first. */
const soon = 1000;

let isAwaited = false;

/** Loads it before an update of the pack moves its files away. The first message tries again if that fails. */
function loadSoon(): void {
  if (isAwaited) return;
  isAwaited = true;
  setTimeout(() => void runtime().catch(() => undefined), soon).unref();
}

/** Registers the account, what the editor asks of it, the nodes of all operations of the table, and that of events. */
export default function register(RED: NodeAPI): void {
  registerAccount(RED);
  registerConnectionTest(RED);
  registerOffers(RED);
  const types = new Set(Object.values<Operation>(operations).map(({ hosts }) => hosts.nodeRed.type));
  for (const type of types) registerNode(RED, type);
  registerEvents(RED, runtime, soon);
}

/** The config node that holds a SendClean account, see `accountNode.ts`. */
function registerAccount(RED: NodeAPI): void {
  RED.nodes.registerType(
    'sendclean-account',
    function (this: Node, stored: NodeDef) {
      RED.nodes.createNode(this, stored);
      const definition = migrated(stored);
      Object.assign(this, { definition });
      bindToken(RED, this, definition);
      loadSoon();
    },
    { credentials: { ownerId: { type: 'text' }, token: { type: 'password' } } },
  );
}

/** The call of the editor's button Test connection, see `connectionTest.ts`. */
function registerConnectionTest(RED: NodeAPI): void {
  const permission = RED.auth.needsPermission('sendclean-account.write');
  RED.httpAdmin.post('/sendclean/test-connection', permission, (request, response, next) => {
    void runtime().then(({ testConnection }) => testConnection(RED, request, response), next);
  });
}

/** What the editor offers for a field of a node, see `fieldOffers.ts`. */
function registerOffers(RED: NodeAPI): void {
  const permission = RED.auth.needsPermission('sendclean-account.write');
  const path = '/sendclean/offers/:account/:type/:operation/:field';
  RED.httpAdmin.get(path, permission, (request, response, next) => {
    void runtime().then(({ offerForField }) => offerForField(RED, request, response), next);
  });
}

/** The node of one operation or several, see `operationNode.ts`. */
function registerNode(RED: NodeAPI, type: string): void {
  const own = Object.values<Operation<OperationName>>(operations).filter(
    ({ hosts }) => hosts.nodeRed.type === type,
  );
  RED.nodes.registerType(type, function (this: Node, stored: NodeDef) {
    RED.nodes.createNode(this, stored);
    const definition = migrated(stored);
    loadSoon();
    let calls: Calls | undefined;
    let opening: Promise<Calls> | undefined;
    const open = async () => {
      const { openCalls } = await runtime().catch((cause: unknown) => Promise.reject(notLoaded(cause, own)));
      return (calls ??= openCalls(RED, this, definition, own));
    };
    this.on('input', (msg, send, done) => {
      // Once they are open, a message waits for nothing.
      const made = calls?.make(msg, send) ?? (opening = open()).then((opened) => opened.make(msg, send));
      void made
        .catch((error: unknown) => report(RED, msg, error))
        .then((error) => complete(RED, this, done, msg, error));
    });
    this.on('close', (_removed: boolean, done: () => void) => {
      const end = async () => await calls?.close();
      void Promise.allSettled([opening])
        .then(end)
        .finally(() => done());
    });
  });
}

/** The pack's files were not there, as while npm puts others in their place. */
function notLoaded(cause: unknown, operations: readonly Operation[]): SendCleanError {
  const [only, another] = operations;
  const effect = another ? undefined : only?.effect;
  const { code } = cause as { code?: string };
  const message = phrase`The SendClean nodes cannot be loaded, as during an update of the pack`;
  return new SendCleanError('cancelled', 'notSent', message, { code, effect });
}
