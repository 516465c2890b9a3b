import { operations } from '../generated/operations';
import type { OperationName, Operations } from '../generated/types';
import { checkInlineImages, type MissingImages } from './inlineImages';
import { fieldWith, type Operation } from '../model';
import { copy, findName } from '../paths';
import { withDistinctRecipients } from './recipientList';
import type { Clock } from '../wire/transport';
import { validateRequest } from './validation';

/** A request that is valid and ready to go. */
export interface Call<Name extends OperationName = OperationName> {
  operation: Operation<Name>;
  request: Operations[Name]['request'];
  /** ID under which Get Message Info finds the email; null where the call has no place for one. */
  xUniqueId: string | null;
  /** Whether the person gave that ID, so that it is the same when the call is made another time. */
  isIdGiven: boolean;
}

/** What a person chose about the checks of a request. */
export interface PrepareOptions {
  /** What to do about images that the HTML shows and that are not there; `report` by default. */
  missingImages?: MissingImages;
}

/**
 * Validates a request, gives it an X-Unique-Id if it takes one and has none, and takes out the recipients that are in it
 * twice. Nothing is sent, and the request that was given is not changed.
 * @throws SendCleanError of kind `validation`.
 */
export function prepare<Name extends OperationName>(
  name: Name,
  request: object,
  clock: Clock,
  options: PrepareOptions = {},
): Call<Name> {
  const operation = operations[name];
  const { identified, xUniqueId, isIdGiven } = identify(operation, request, clock);
  const valid = withDistinctRecipients(operation, validateRequest(name, identified));
  checkInlineImages(operation, valid, options.missingImages);
  return { operation, request: valid, xUniqueId, isIdGiven };
}

/**
 * The call of a request that differs from a checked one in nothing but its recipients, of whom it has fewer. It gets an
 * X-Unique-Id of its own unless the person gave one.
 */
export function alike<Name extends OperationName>(
  { operation }: Call<Name>,
  request: object,
  clock: Clock,
): Call<Name> {
  const { identified, ...id } = identify(operation, request, clock);
  return { operation, request: identified as Call<Name>['request'], ...id };
}

function identify(
  operation: Operation,
  request: object,
  clock: Clock,
): { identified: object; xUniqueId: string | null; isIdGiven: boolean } {
  const uniqueId = fieldWith(operation, 'uniqueId')?.path;
  if (!uniqueId || operation.effect !== 'send')
    return { identified: request, xUniqueId: null, isIdGiven: false };
  const identified = copy(request, uniqueId.slice(0, -1));
  const holder = uniqueId
    .slice(0, -1)
    .reduce<object>((at, key) => (at as Record<string, object>)[key] ?? {}, identified);
  const header = uniqueId.at(-1) ?? '';
  const name = findName(holder, header) ?? header;
  const given = (holder as Record<string, unknown>)[name];
  const isIdGiven = typeof given === 'string' && given !== '';
  const xUniqueId = isIdGiven ? given : makeUniqueId(clock);
  if (given === undefined || given === '') Object.assign(holder, { [name]: xUniqueId });
  return { identified, xUniqueId, isIdGiven };
}

/** An ID of the time and 100 bits of chance, so that no two are the same. */
function makeUniqueId(clock: Clock): string {
  const chance = () =>
    Math.floor(clock.random() * 2 ** 50)
      .toString(36)
      .padStart(10, '0');
  return `sc-${clock.now().toString(36)}-${chance()}${chance()}`;
}
