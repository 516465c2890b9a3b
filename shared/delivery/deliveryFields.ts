import type { PrepareOptions } from '../request/prepare';
import type { DeliveryOptions } from './deliver';
import { invalid } from '../errors';
import { isEmpty } from '../form/fieldValues';
import { hasInlineImages, missingImages } from '../request/inlineImages';
import { fieldWith, type Field, type Operation, type FormValues } from '../model';
import { shown } from '../quote';

/** The title of the option to skip what was sent, for sentences that advise it. */
export const skipSentTitle = 'Skip Already Sent';

/** What every host asks about a send beside its request; nothing of it goes to the service. */
const fields: readonly Field[] = [
  {
    name: 'whenUnsure',
    path: [],
    kind: 'choice',
    title: 'If Delivery Is Unclear',
    description:
      'What to do if it is not known whether the email was sent, such as after a broken connection. A look-up takes up to 30 seconds; the service does not publish how soon it can find an email, so one that it finds later may be sent twice.',
    required: false,
    place: 'options',
    choices: [
      { value: 'report', title: 'Report an Error' },
      { value: 'lookUp', title: 'Look It Up, Resend If Not Found' },
    ],
  },
  {
    name: 'skipSent',
    path: [],
    kind: 'switch',
    title: skipSentTitle,
    description:
      'Whether to look up the email by its X-Unique-Id first and skip recipients who already have it. Give each email its own ID, such as an order number.',
    required: false,
    place: 'options',
    choices: [
      { value: 'yes', title: 'Yes' },
      { value: 'no', title: 'No' },
    ],
  },
];

/** The fields of an operation: those that need an email to be found again, and those that need images in its HTML. */
export function deliveryFields(operation: Operation): readonly Field[] {
  return [...(canSkipSent(operation) ? fields : []), ...(hasInlineImages(operation) ? [missingImages] : [])];
}

/** Whether an operation sends emails that can be found again. */
export function canSkipSent(operation: Operation): boolean {
  return operation.effect === 'send' && fieldWith(operation, 'uniqueId') !== undefined;
}

/**
 * What was entered into them.
 * @throws SendCleanError of kind `validation` naming the field.
 */
export function readDelivery({ whenUnsure, skipSent }: FormValues): DeliveryOptions {
  return {
    ...(!isEmpty(whenUnsure) && { whenUnsure: oneOf('whenUnsure', whenUnsure, ['report', 'lookUp']) }),
    ...(!isEmpty(skipSent) && { skipSent: isOn('skipSent', skipSent) }),
  };
}

/**
 * What was entered into those that matter before anything is sent.
 * @throws SendCleanError of kind `validation` naming the field.
 */
export function readPreparation({ missingImages: entered }: FormValues): PrepareOptions {
  return isEmpty(entered) ? {} : { missingImages: oneOf('missingImages', entered, ['report', 'send']) };
}

function oneOf<Value extends string>(name: string, value: unknown, values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (!found) {
    const { title } = [...fields, missingImages].find((field) => field.name === name) ?? {};
    throw invalid(name, `must be one of ${values.join(', ')}, got ${shown(value)}`, title);
  }
  return found;
}

function isOn(name: string, value: unknown): boolean {
  return typeof value === 'boolean' ? value : oneOf(name, value, ['yes', 'no']) === 'yes';
}
