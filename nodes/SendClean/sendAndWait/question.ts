/** What the reader of an email is asked, as the form of the node has it. */
import { invalid } from '../../../shared/errors';
import { readFields, type FormField } from './fields';
import { objectOf, textOf, type Get } from './values';
import { phrase } from '../../../shared/phrase';

/** A button with which the reader answers. */
export interface Button {
  /** What comes of it. */
  value: 'approve' | 'decline' | 'submit';
  label: string;
  isPrimary: boolean;
}

export interface Question {
  kind: 'approval' | 'freeText' | 'customForm';
  subject: string;
  message: string;
  /** Title and text of the page, where they differ from those of the email. */
  title: string;
  description: string;
  /** Those of the page. */
  buttons: readonly Button[];
  /** Of the button in the email, unless that has those of the page. */
  label: string;
  fields: readonly FormField[];
}

/** The field that holds a free text. */
const freeText: FormField = {
  name: 'field-0',
  label: 'Response',
  type: 'textarea',
  isRequired: true,
  placeholder: '',
  values: [],
  options: [],
  least: 0,
  most: 1,
  isMultiple: false,
  accept: '',
};

/**
 * Reads what is asked.
 * @throws SendCleanError of kind `validation`.
 */
export function readQuestion(get: Get): Question {
  const kind = readKind(get('responseType', 'approval'));
  const options = objectOf(get('options', {}));
  const subject = textOf(get('subject', ''));
  const message = textOf(get('message', ''));
  return {
    kind,
    subject,
    message,
    title: textOf(options.responseFormTitle) || subject || 'Your response',
    description: textOf(options.responseFormDescription) || message,
    label: textOf(options.messageButtonLabel) || 'Respond',
    buttons:
      kind === 'approval'
        ? approvalButtons(objectOf(objectOf(get('approvalOptions', {})).values))
        : [
            {
              value: 'submit',
              label: textOf(options.responseFormButtonLabel) || 'Submit',
              isPrimary: true,
            },
          ],
    fields: kind === 'approval' ? [] : kind === 'freeText' ? [freeText] : readFields(get),
  };
}

function readKind(value: unknown): Question['kind'] {
  const known = (['approval', 'freeText', 'customForm'] as const).find((one) => one === value);
  if (!known)
    throw invalid('responseType', phrase`must be approval, freeText or customForm`, 'Response Type');
  return known;
}

function approvalButtons(values: Readonly<Record<string, unknown>>): Button[] {
  const approve: Button = {
    value: 'approve',
    label: textOf(values.approveLabel) || 'Approve',
    isPrimary: values.buttonApprovalStyle !== 'secondary',
  };
  const decline: Button = {
    value: 'decline',
    label: textOf(values.disapproveLabel) || 'Decline',
    isPrimary: values.buttonDisapprovalStyle === 'primary',
  };
  return values.approvalType === 'double' ? [approve, decline] : [approve];
}
