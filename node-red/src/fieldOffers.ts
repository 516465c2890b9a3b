import { SendCleanError } from '../../shared/errors';
import { operations } from '../../shared/generated/operations';
import type { ChoicesFrom, Operation } from '../../shared/model';
import { createOffers } from '../../shared/offers';
import { accountOf } from './accountNode';
import { clock } from './clock';
import type { AdminRequest, AdminResponse, NodeAPI } from './red';
import { phrase, say } from '../../shared/phrase';
import { translationInto } from './language';

const offers = createOffers(clock);

/**
 * Answers the editor with `{ offers }`, what the deployed account has for a field of a node, or with 400 and
 * `{ message }`. What is asked for and shown stands in the operation files: nothing else of a list gets out.
 */
export async function offerForField(
  RED: NodeAPI,
  request: AdminRequest,
  response: AdminResponse,
): Promise<void> {
  const { account = '', type, operation, field } = request.params as Record<string, string | undefined>;
  const translate = translationInto(request.query.language);
  try {
    const choices = choicesOf(type, operation, field);
    const { key, client } = deployedAccount(RED, account);
    response.json({ offers: choices ? await offers.of(key, client, choices) : [] });
  } catch (error) {
    const isKnown = error instanceof SendCleanError;
    const sentence = isKnown ? error.sentence : phrase`The account cannot be asked`;
    response.status(400).json({ message: say(sentence, translate) });
  }
}

/** Where the values of a field of a node are listed; of the first operation that has it if none is chosen. */
function choicesOf(type = '', name = '', field = ''): ChoicesFrom | undefined {
  const own = Object.values<Operation>(operations).filter(({ hosts }) => hosts.nodeRed.type === type);
  const chosen = own.filter((operation) => operation.name === name);
  const fields = (chosen.length > 0 ? chosen : own).flatMap((operation) => operation.fields);
  return fields.find((one) => one.name === field && one.choicesFrom)?.choicesFrom;
}

function deployedAccount(RED: NodeAPI, id: string) {
  if (!RED.nodes.getNode(id)) throw new SendCleanError('validation', 'notSent', notDeployed);
  return accountOf(RED, id);
}

const notDeployed = phrase`Choose an account and deploy it, and the names that it has are offered here`;
