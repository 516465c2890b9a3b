import { accountError, readAccountSettings, trimmed } from '../../shared/wire/account';
import { testAccount, type Accepted, type Refused } from '../../shared/accountTest';
import { SendCleanError } from '../../shared/errors';
import { createRedact } from '../../shared/response/redact';
import { accountNode } from './accountNode';
import { deployedSetting, variableOf } from './accountSettings';
import { clock } from './clock';
import {
  eachStoredNode,
  storedCredentials,
  type AdminRequest,
  type AdminResponse,
  type NodeAPI,
} from './red';
import { createTransport } from './transport/transport';
import { baseUrl } from '../../shared/wire/baseUrl';
import { phrase, say, type Words } from '../../shared/phrase';
import { translationInto } from './language';

/** What Node-RED's editor holds instead of a password that was not typed again. */
const untouched = '__PWRD__';

/** The settings that a test needs. */
const tested = ['ownerId', 'token', 'domain', 'endpoint'] as const;

type Tested = (typeof tested)[number];

type TestedAccount = Record<Tested, string>;

const names = ['id', ...tested, 'smtpUser'] as const;

/** The values of the open dialog. */
type Entered = Record<(typeof names)[number], string>;

/** A request that is answered with 400. */
class Refusal extends Error {
  constructor(readonly sentence: Words) {
    super(say(sentence));
  }
}

/**
 * Answers the editor's button Test connection with `{ ok: true }` and what was found, or `{ ok, message }`. Node-RED's own parser answers
 * JSON that is broken, also with 400, before any node hears of it.
 */
export async function testConnection(
  RED: NodeAPI,
  request: AdminRequest,
  response: AdminResponse,
): Promise<void> {
  let redact = (text: string) => text;
  const translate = translationInto(languageIn(request.body));
  try {
    const entered = read(request);
    const isVariable = variableOf(entered.smtpUser) !== undefined;
    const account = { ...complete(RED, entered), smtpUser: isVariable ? '' : entered.smtpUser };
    redact = createRedact(account).error;
    const base = baseUrl(account);
    const found = await tryAccount(base, account);
    const answer =
      'problem' in found
        ? { ok: false, message: redact(say(found.problem, translate)) }
        : { ok: true, ...found, ...(isVariable && { smtpUser: 'unchecked' }) };
    response.status(200).json(answer);
  } catch (error) {
    const isKnown = error instanceof Refusal || error instanceof SendCleanError;
    const sentence = isKnown ? error.sentence : phrase`The account cannot be tested`;
    refuse(response, redact(say(sentence, translate)));
  }
}

function refuse(response: AdminResponse, message: string): void {
  response.status(400).json({ ok: false, message });
}

/** The language of the dialog; an editor from before an update of the pack sends none. */
function languageIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'language' in body ? body.language : undefined;
}

/** A page of another site can post forms but no JSON, so that it cannot start a test. */
function read(request: AdminRequest): Entered {
  const { body } = request;
  if (!request.is('application/json') || typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal(phrase`The request must be a JSON object`);
  const given = new Map<string, unknown>(Object.entries(body));
  const entries = names.map((name) => {
    const value = given.get(name);
    // An editor from before an update of the pack sends no SMTP user.
    if (name === 'smtpUser' && value === undefined) return [name, ''] as const;
    if (typeof value !== 'string') throw new Refusal(phrase`${name} must be a text`);
    return [name, trimmed(value)] as const;
  });
  return Object.fromEntries(entries) as Entered;
}

/**
 * The account that was entered. A stored token and environment variables are tested only as they are deployed, and the
 * owner ID and the token among them only together with the deployed address: anyone who may test could have them sent
 * to themselves otherwise.
 */
function complete(RED: NodeAPI, { id, ...entered }: Entered): TestedAccount {
  const node = accountNode(RED, id);
  const isStored = (name: Tested) => entered[name] === untouched || variableOf(entered[name]) !== undefined;
  const hasSecret = isStored('ownerId') || isStored('token');
  const fixed = tested.filter((name) => isStored(name) || (hasSecret && name !== 'token'));
  const account = { ...entered };
  if (fixed.length > 0) {
    const deployed = node && deployedDialog(RED, id);
    if (!deployed || fixed.some((name) => entered[name] !== deployed[name])) throw new Refusal(deployFirst);
    for (const name of fixed) account[name] = deployedSetting(RED, node, node.definition, name);
  }
  const { ownerId, token, domain, endpoint } = readAccountSettings(account);
  if (!ownerId) throw accountError('ownerId', phrase`is required`);
  if (!token) throw accountError('token', phrase`is required`);
  return { ownerId, token, domain, endpoint };
}

/** The one sentence for all that is not deployed, so that nobody can try names of environment variables. */
const deployFirst = phrase`A stored token and environment variables are tested only as they are deployed: deploy first, or type owner ID and token`;

/** What the dialog of a deployed account holds when it is opened. It shows no name of a variable that is the token. */
function deployedDialog(RED: NodeAPI, id: string): TestedAccount {
  const { ownerId } = storedCredentials(RED, id) ?? {};
  const dialog = { ownerId: trimmed(ownerId), token: untouched, domain: '', endpoint: '' };
  eachStoredNode(RED, ({ id: other, domain, endpoint }) => {
    if (other === id) Object.assign(dialog, { domain: trimmed(domain), endpoint: trimmed(endpoint) });
  });
  return dialog;
}

/** What an account is by reads of the service, or what is wrong with it. */
async function tryAccount(
  base: string,
  account: TestedAccount & { smtpUser: string },
): Promise<Accepted | Refused> {
  const { ownerId, token } = account;
  const transport = createTransport({ baseUrl: base, ownerId, token });
  try {
    return await testAccount({ transport, clock, redact: createRedact({ ownerId, token }) }, account);
  } finally {
    transport.close();
  }
}
