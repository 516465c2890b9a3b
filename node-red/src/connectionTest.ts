import { accountError, readAccountSettings, trimmed } from '../../shared/wire/account';
import { testAccount } from '../../shared/accountTest';
import { SendCleanError } from '../../shared/errors';
import { createRedact } from '../../shared/response/redact';
import { storedAccount, type StoredAccount } from './accountNode';
import { notSetError, variableOf, variableValue } from './accountSettings';
import { clock } from './clock';
import type { AdminRequest, AdminResponse, NodeAPI } from './red';
import { createTransport } from './transport';
import { baseUrl } from '../../shared/wire/baseUrl';

/** What Node-RED's editor holds instead of a password that was not typed again. */
const untouched = '__PWRD__';

/** The settings that a test needs. */
const tested = ['ownerId', 'token', 'domain', 'endpoint'] as const;

const names = ['id', ...tested] as const;

/** The values of the open dialog. */
type Entered = Record<(typeof names)[number], string>;

/** A request that is answered with 400. Its message is a sentence. */
class Refusal extends Error {}

/**
 * Answers the editor's button Test connection with `{ ok: true }` or `{ ok, message }`. Node-RED's own parser answers
 * JSON that is broken, also with 400, before any node hears of it.
 */
export async function testConnection(
  RED: NodeAPI,
  request: AdminRequest,
  response: AdminResponse,
): Promise<void> {
  let redact = (text: string) => text;
  try {
    const account = complete(RED, read(request));
    redact = createRedact(account).error;
    const base = baseUrl(account);
    const failure = await tryAccount(base, account);
    response.status(200).json(failure ? { ok: false, message: redact(failure) } : { ok: true });
  } catch (error) {
    const isKnown = error instanceof Refusal || error instanceof SendCleanError;
    refuse(response, isKnown ? redact(error.message) : 'The account cannot be tested');
  }
}

function refuse(response: AdminResponse, message: string): void {
  response.status(400).json({ ok: false, message });
}

/** A page of another site can post forms but no JSON, so that it cannot start a test. */
function read(request: AdminRequest): Entered {
  const { body } = request;
  if (!request.is('application/json') || typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('The request must be a JSON object');
  const given = new Map<string, unknown>(Object.entries(body));
  const entries = names.map((name) => {
    const value = given.get(name);
    if (typeof value !== 'string') throw new Refusal(`${name} must be a text`);
    return [name, trimmed(value)] as const;
  });
  return Object.fromEntries(entries) as Entered;
}

/**
 * The account that was entered, with the stored token if it was not typed again. The stored token goes to the
 * deployed account's own address only: anyone who may test could have it sent to themselves otherwise.
 */
function complete(RED: NodeAPI, { id, ...entered }: Entered): StoredAccount {
  const stored = storedAccount(RED, id);
  const account = { ...entered };
  for (const name of tested) account[name] = resolve(RED, id, name, account[name], stored?.[name]);
  const { ownerId, token, domain, endpoint } = readAccountSettings(account);
  if (!ownerId) throw accountError('ownerId', 'is required');
  if (!token) throw accountError('token', 'is required');
  const settings = { ownerId, token, domain, endpoint };
  if (token !== untouched) return settings;
  const isOwn = stored?.token && baseUrl(settings) === baseUrl(stored) && ownerId === stored.ownerId;
  if (!isOwn) {
    throw new Refusal('Owner ID or address is not the deployed one: type the token again, or deploy first');
  }
  return { ...settings, token: resolve(RED, id, 'token', stored.token, stored.token) };
}

/**
 * A value, or that of its environment variable if the deployed account uses the same: a test must not send other
 * variables of the server away.
 */
function resolve(
  RED: NodeAPI,
  id: string,
  name: keyof StoredAccount,
  value: string,
  deployed: string | undefined,
): string {
  const variable = variableOf(value);
  if (variable === undefined) return value;
  const known = variableValue(RED, RED.nodes.getNode(id), variable);
  if (!known) throw notSetError(name, variable);
  // Node-RED leaves a variable with blanks around it as it is.
  if (deployed !== known && deployed !== value)
    throw new Refusal('An environment variable can be tested after it is deployed with the account');
  return known;
}

/** What is wrong with an account, by one read of the service; undefined if nothing is. */
async function tryAccount(base: string, { ownerId, token }: StoredAccount): Promise<string | undefined> {
  const transport = createTransport({ baseUrl: base, ownerId, token });
  try {
    return await testAccount({ transport, clock, redact: createRedact({ ownerId, token }) });
  } finally {
    transport.close();
  }
}
