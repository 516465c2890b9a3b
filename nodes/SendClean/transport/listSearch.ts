import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createClient } from '../../../shared/client';
import { operations } from '../../../shared/generated/operations';
import type { ChoicesFrom, Operation } from '../../../shared/model';
import { createOffers, matching } from '../../../shared/offers';
import { toNodeError } from '../errors';
import { readAccount } from './account';
import { clock, createTransport } from './transport';

const offers = createOffers(clock);

/** A person waits for the list. */
const limits = { timeout: 15, attempts: 1 };

/**
 * What the account has for a field, for n8n's choice “From List”.
 * @param list the operation that lists it.
 * @param filter what the person typed to find an entry.
 * @throws NodeOperationError with one sentence that says why there is no list.
 */
export async function searchList(
  context: ILoadOptionsFunctions,
  list: string,
  filter = '',
): Promise<INodeListSearchResult> {
  const choices = choicesFrom(list);
  try {
    const { redact, credential } = await readAccount(context);
    const transport = createTransport(context, credential);
    const client = createClient({ transport, clock, limits, redact });
    // With all of the credential, so that nobody is shown what another token has listed.
    const account = JSON.stringify(credential.data);
    const found = matching(await offers.of(account, client, choices), filter);
    return { results: found.map(({ value, label }) => ({ name: label, value })) };
  } catch (error) {
    throw toNodeError(context, error);
  }
}

/** How the fields that are chosen from a list read it; all that do read it alike. */
function choicesFrom(list: string): ChoicesFrom {
  const fields = Object.values<Operation>(operations).flatMap((operation) => operation.fields);
  const choices = fields.find((field) => field.choicesFrom?.operation === list)?.choicesFrom;
  if (!choices) throw new Error(`No field is chosen from ${list}`);
  return choices;
}
