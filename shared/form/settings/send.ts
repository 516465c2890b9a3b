import { missingImagesTitle } from '../../request/inlineImages';
import { yesOrNo, type Setting } from './setting';

/** How emails are sent. */
export const sendSettings = {
  sendAs: {
    title: 'Recipient Mode',
    place: 'options',
    description: 'Send one email to everyone, or a separate email to each recipient',
    group: 'send',
    kind: 'choice',
    choices: [
      { value: 'each', title: 'Separate Emails', description: 'Recipients do not see each other' },
      { value: 'all', title: 'One Email to All', description: 'Everyone sees the recipients in To and CC' },
    ],
    default: 'all',
    hosts: { nodeRed: { reason: 'a Split node makes a message for each recipient' } },
  },
  whenUnsure: {
    title: 'If Delivery Is Unclear',
    description:
      'What to do if it is not known whether the email was sent, such as after a broken connection. A look-up takes up to 30 seconds; the service does not publish how soon it can find an email, so one that it finds later may be sent twice.',
    group: 'send',
    kind: 'choice',
    choices: [
      { value: 'report', title: 'Report an Error' },
      { value: 'lookUp', title: 'Look It Up, Resend If Not Found' },
    ],
    default: 'report',
  },
  skipSent: {
    title: 'Skip Already Sent',
    description:
      'Whether to look up the email by its X-Unique-Id first and skip recipients who already have it. Give each email its own ID, such as an order number.',
    group: 'send',
    kind: 'switch',
    choices: yesOrNo,
    default: 'no',
  },
  missingImages: {
    title: missingImagesTitle,
    place: 'options',
    description:
      'What to do if the HTML shows an image that is not among the inline images. An email forwarded without its images can be sent anyway; email apps then show empty frames.',
    group: 'send',
    kind: 'choice',
    choices: [
      { value: 'report', title: 'Report an Error' },
      { value: 'send', title: 'Send Anyway' },
    ],
    default: 'report',
  },
  validateOnly: {
    title: 'Validate Only',
    description:
      'Whether to check everything and return the request, and the email to look at, without sending it',
    group: 'send',
    kind: 'switch',
    choices: yesOrNo,
    default: 'no',
  },
} satisfies Record<string, Setting>;
