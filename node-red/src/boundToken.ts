import { trimmed } from '../../shared/wire/account';
import { deployedAddress, variableOf, type BoundToken } from './accountSettings';
import { storedCredentials, type Node, type NodeAPI, type NodeDef } from './red';

/**
 * Binds a token that was entered since the last deploy, or before this pack did so, to the address of its account.
 * Node-RED puts a text in place of a bound token when one is entered; a changed address or a flow that is imported over
 * the account leaves it. A token from an environment variable stays unbound: whoever deploys decides where it goes.
 */
export function bindToken(RED: NodeAPI, node: Node, definition: NodeDef): void {
  const id = definition._alias ?? node.id;
  const credentials = storedCredentials(RED, id);
  const token = trimmed(credentials?.token);
  if (!token || variableOf(token) !== undefined) return;
  const address = usableAddress(RED, node, definition);
  if (address === undefined) return;
  const bound: BoundToken = { token, address };
  void RED.nodes.addCredentials(id, { ...credentials, token: bound });
}

/** The address of an account; undefined when it cannot be used, so that nothing is sent before it is corrected. */
function usableAddress(RED: NodeAPI, node: Node, definition: NodeDef): string | undefined {
  try {
    return deployedAddress(RED, node, definition);
  } catch {
    return undefined;
  }
}
