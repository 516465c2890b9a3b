import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { SendCleanError, invalid } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import type { OperationName } from '../../../shared/generated/types';
import { buildRequest } from '../../../shared/form/buildRequest';
import { isNothing } from '../../../shared/form/empty';
import { nameFields } from '../../../shared/form/labels';
import { readSendSettings } from '../../../shared/form/readSettings';
import { fieldWith, type Operation } from '../../../shared/model';
import { pathOf } from '../../../shared/paths';
import { shown } from '../../../shared/quote';
import { recipientsOf, recipientsPath } from '../../../shared/request/recipientList';
import type { ItemCall, Session } from '../actions/input';
import { readOptions } from '../actions/parameters';
import { questionEmail } from './email';
import { readLimit } from './limit';
import { readQuestion } from './question';
import { textOf } from './values';
import { phrase } from '../../../shared/phrase';

/** The operation as n8n calls it, by which it makes tools for human review. */
export const sendAndWait = 'sendAndWait';

/** An email that asks, ready to be sent, and when the wait for its answer ends. */
export interface Asking {
  call: ItemCall;
  until: Date;
}

/** The call that takes content of one's own. */
function emailOperation(): Operation<OperationName> {
  const all: Operation<OperationName>[] = Object.values(operations);
  const found = all.find(({ fields }) => fields.some(({ plainText }) => plainText !== undefined));
  if (!found) throw new Error('No operation sends an email with content');
  return found;
}

/**
 * Reads what is asked, and makes the email that asks it. Nothing is sent.
 * @throws SendCleanError of kind `validation`.
 */
export function readAsking(
  context: IExecuteFunctions,
  { read, client, account, run, stop }: Session,
): Asking {
  requireSignedLinks(context);
  if (context.getInputData().length > 1)
    throw invalid(
      'operation',
      phrase`waits for one response: use a Loop Over Items node to send one item at a time`,
      'Send and Wait for Response',
    );
  const operation = emailOperation();
  try {
    if (isNothing(read('toEmail', 0, '')))
      throw invalid('toEmail', phrase`is empty: enter the address of the one who decides`, 'To Email');
    checkMessage(read('message', 0, ''));
    const question = readQuestion((name, fallback) => read(name, 0, fallback));
    const until = readLimit(context);
    const entered = readOptions(read, 0);
    const uniqueId = fieldWith(operation, 'uniqueId')?.name ?? '';
    const xUniqueId = textOf(entered[uniqueId]) || idOf([run, read('toEmail', 0, ''), question]);
    const url = context.getSignedResumeUrl({ id: xUniqueId });
    const values = {
      ...entered,
      ...valuesOf(operation, read),
      ...contentOf(operation, questionEmail(question, url)),
      [uniqueId]: xUniqueId,
    };
    const request = buildRequest(operation, values, account);
    checkRecipient(operation, request);
    const { whenUnsure } = readSendSettings(entered);
    const call = client.prepare(operation.name, request);
    const options = { stopSignal: stop.signal, run, whenUnsure, signal: context.getExecutionCancelSignal() };
    return {
      until,
      call: {
        itemIndex: 0,
        effect: operation.effect,
        skip: 'never',
        more: {},
        request,
        hints: [],
        run: async () => ({ result: await client.run(call, options) }),
      },
    };
  } catch (error) {
    throw nameFields(error, { operation });
  }
}

/**
 * Has n8n check that a link is one that it made itself: without that, a guess of a link could decide.
 * @throws SendCleanError where n8n cannot sign links.
 */
function requireSignedLinks(context: IExecuteFunctions): void {
  if (typeof (context as Partial<IExecuteFunctions>).getSignedResumeUrl !== 'function')
    throw new SendCleanError(
      'validation',
      'notSent',
      phrase`Send and Wait for Response needs n8n 1.107 or later`,
    );
  // Newer versions check every link; those up to about 2.13 only if the node asks for it.
  const { setSignatureValidationRequired: ask } = context as { setSignatureValidationRequired?: () => void };
  ask?.call(context);
}

/** @throws SendCleanError for a message that the reader would not see. */
function checkMessage(message: unknown): void {
  if (isNothing(message)) throw invalid('message', phrase`is required`, 'Message');
  if (typeof message === 'object')
    throw invalid('message', phrase`must be text, got ${shown(message)}`, 'Message');
}

/** An ID of a question: each try of a run asks the same, so that n8n's Retry On Fail does not ask twice. */
function idOf(question: readonly unknown[]): string {
  return `sc-${createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 32)}`;
}

/** What the form asks under the names of the email's own fields, and the recipient under n8n's. */
function valuesOf({ fields }: Operation, read: Session['read']): Record<string, unknown> {
  const own = fields.filter(({ nameField, role }) => nameField !== undefined || role === 'subject');
  const to = fields.find(({ recipientType }) => recipientType === 'to')?.name ?? '';
  return {
    ...Object.fromEntries(own.map(({ name }) => [name, read(name, 0, '')])),
    [to]: read('toEmail', 0, ''),
  };
}

function contentOf(
  { fields }: Operation,
  { html, text }: { html: string; text: string },
): Record<string, string> {
  const field = fields.find(({ plainText }) => plainText !== undefined);
  return { [field?.name ?? '']: html, [field?.plainText ?? '']: text };
}

/** Whoever answers first would decide for all others. */
function checkRecipient(operation: Operation, request: object): void {
  const count = recipientsOf(operation, request)?.length ?? 0;
  if (count !== 1)
    throw invalid(
      pathOf(recipientsPath(operation.fields)),
      phrase`must be one address, because each email has a decision of its own, got ${count}`,
      'To Email',
    );
}
