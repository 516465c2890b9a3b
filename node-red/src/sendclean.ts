import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import type { Calls } from './operationNode';
import type { NodeAPI } from './red';

/** All that the first message needs; Node-RED starts without it. */
const runtime = () => import('./runtime');

/** Registers the account, its test and a node for each operation of the table. */
export default function register(RED: NodeAPI): void {
  registerAccount(RED);
  registerConnectionTest(RED);
  for (const operation of Object.values<Operation<OperationName>>(operations))
    registerOperation(RED, operation);
}

/** The config node that holds a SendClean account, see `accountNode.ts`. */
function registerAccount(RED: NodeAPI): void {
  RED.nodes.registerType(
    'sendclean-account',
    function (definition) {
      RED.nodes.createNode(this, definition);
      Object.assign(this, { definition });
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

/** The node of one operation, see `operationNode.ts`. */
function registerOperation(RED: NodeAPI, operation: Operation<OperationName>): void {
  RED.nodes.registerType(operation.nodeRed, function (definition) {
    RED.nodes.createNode(this, definition);
    let opening: Promise<Calls> | undefined;
    const open = async () => (await runtime()).openCalls(RED, this, definition, operation);
    this.on('input', (msg, send, done) => {
      opening ??= open();
      void opening.then((calls) => calls.make(msg, send)).then(done, done);
    });
    this.on('close', (_removed, done) => {
      const closed = Promise.resolve(opening).then((calls) => calls?.close());
      void closed.then(
        () => done(),
        () => done(),
      );
    });
  });
}
