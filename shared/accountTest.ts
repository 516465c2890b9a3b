import { createClient, type Client } from './client';
import { invalid, SendCleanError } from './errors';
import { operations } from './generated/operations';
import type { OperationName } from './generated/types';
import type { ChoicesFrom, Operation } from './model';
import type { ClientOptions } from './delivery/options';
import { createOffers } from './offers';
import { shown } from './quote';
import { accountLabels, addressSetting, type AccountSettings } from './wire/account';
import { phrase, term, type Words } from './phrase';

/** A person waits for the answer, so it comes sooner than that of a send, and after one request. */
const limits = { timeout: 15, attempts: 1 };

/** The reads that the operation files declare as harmless, the one that tells most of the account first. */
const probes = Object.values<Operation<OperationName>>(operations)
  .filter(({ accountTest }) => accountTest)
  .sort((a, b) => Number(Boolean(b.accountTest?.says)) - Number(Boolean(a.accountTest?.says)));

/** Where the SMTP users of an account are listed. */
const smtpUsers = Object.values<Operation>(operations)
  .flatMap(({ fields }) => fields)
  .find(({ account }) => account === 'smtpUser')?.choicesFrom;

/** What a test of an account that went well has shown. */
export interface Accepted {
  /** Whose account it is and what the service thinks of it, where the service tells. */
  name?: string;
  reputation?: string;
  /** Whether the account's SMTP user is known to be one of its own; `none` where none is set. */
  smtpUser: 'known' | 'unchecked' | 'none';
}

/** What is wrong with an account, in one sentence. */
export interface Refused {
  problem: Words;
}

type Tested = Pick<AccountSettings, 'endpoint'> & Partial<Pick<AccountSettings, 'smtpUser'>>;

/**
 * Tests an account by harmless reads of the service.
 * @param options of a client whose transport has the account.
 * @param settings of the account: to name the one that leads to another service, and the SMTP user to look for.
 * @returns what was found, or what is wrong with the account.
 */
export async function testAccount(
  options: Omit<ClientOptions, 'limits' | 'rateLimiter'>,
  settings: Tested,
): Promise<Accepted | Refused> {
  const client = createClient({ ...options, limits });
  try {
    const told = await probe(client);
    const smtpUser = await findSmtpUser(client, options, settings.smtpUser);
    return { ...told, smtpUser };
  } catch (error) {
    if (!(error instanceof SendCleanError)) throw error;
    return { problem: isOfAnother(error) ? anotherService(error, settings) : error.sentence };
  }
}

/** Tries the reads until one is answered: a service may not have each of them. */
async function probe(client: Client): Promise<Pick<Accepted, 'name' | 'reputation'>> {
  for (const [index, { name, accountTest = {} }] of probes.entries()) {
    const isLast = index === probes.length - 1;
    try {
      const result = await client.run(client.prepare(name, { ...accountTest.request }), { limit: 1 });
      return textsOf(result, accountTest.says);
    } catch (error) {
      if (isLast || !isUnanswered(error)) throw error;
    }
  }
  throw new Error('No operation is declared as the test of an account');
}

/** Whether a service may answer another read although it did not answer this one. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof SendCleanError)) return false;
  return ['service', 'unexpectedResponse', 'validation'].includes(error.kind);
}

/** The properties of a result that are shown, as far as they are texts. */
function textsOf(result: object, says: Readonly<Record<string, string>> = {}): Record<string, string> {
  const properties = new Map<string, unknown>(Object.entries(result));
  const texts = Object.entries(says).flatMap(([name, property]) => {
    const text = properties.get(property);
    return typeof text === 'string' && text !== '' ? [[name, text]] : [];
  });
  return Object.fromEntries(texts) as Record<string, string>;
}

/** @throws SendCleanError for an SMTP user that the account does not have. */
async function findSmtpUser(
  client: Client,
  { clock }: Pick<ClientOptions, 'clock'>,
  smtpUser = '',
): Promise<Accepted['smtpUser']> {
  if (!smtpUser) return 'none';
  const known = smtpUsers && (await listed(client, clock, smtpUsers));
  if (!known) return 'unchecked';
  if (known.includes(smtpUser)) return 'known';
  throw invalid('smtpUser', phrase`is not in this account, got ${shown(smtpUser)}`, accountLabels.smtpUser);
}

/** The values of a list of the account; undefined where it cannot be had. */
async function listed(
  client: Client,
  clock: ClientOptions['clock'],
  choices: ChoicesFrom,
): Promise<string[] | undefined> {
  const offers = await createOffers(clock)
    .of('', client, choices)
    .catch(() => undefined);
  return offers?.map(({ value }) => value);
}

/** What was found, in English. */
export function acceptedText({ name, reputation, smtpUser }: Accepted): string {
  const whose = name
    ? `Connected as ${name}${reputation ? `, reputation ${reputation}` : ''}.`
    : 'Owner ID and token are accepted.';
  const users = { known: 'The SMTP user is known.', unchecked: 'The SMTP user is not checked.', none: '' };
  return `${whose} ${users[smtpUser]}`.trim();
}

/** Whether an answer is none of SendClean's, whose errors have a name or a reason. */
function isOfAnother({ kind, status, serviceName }: SendCleanError): boolean {
  const isNoError = kind === 'service' && status !== undefined && status >= 400 && status < 500;
  const isRedirect = status !== undefined && status >= 300 && status < 400;
  return (kind === 'unexpectedResponse' || isNoError) && status !== undefined && !isRedirect && !serviceName;
}

function anotherService({ status }: SendCleanError, settings: Pick<AccountSettings, 'endpoint'>): Words {
  const label = term(accountLabels[addressSetting(settings)]);
  return phrase`The address in ${label} answers, but not as SendClean does (HTTP ${String(status)}): check ${label}`;
}
