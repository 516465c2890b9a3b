import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { registerAccount } from './accountNode';
import { registerConnectionTest } from './connectionTest';
import { registerOperation } from './operationNode';
import type { NodeAPI } from './red';

/** Registers the account, its test and a node for each operation of the table. */
export default function register(RED: NodeAPI): void {
  registerAccount(RED);
  registerConnectionTest(RED);
  for (const operation of Object.values<Operation<OperationName>>(operations))
    registerOperation(RED, operation);
}
