import type { ErrorDescription } from '../../sandbox/src/errorForms';

/** Errors as the service was seen to answer them, with what each of them means for the email. */
export const serviceErrors: readonly {
  title: string;
  status: number;
  error: ErrorDescription;
  kind: string;
  fate: string;
  sentence: RegExp;
}[] = [
  {
    title: 'a class in an object, and the status with a capital',
    status: 200,
    error: { name: 'AuthenticationError', message: 'Token MissMatch', forms: ['typeObject', 'capital'] },
    kind: 'authentication',
    fate: 'notSent',
    sentence:
      /^SendClean refused the call: Token MissMatch \(AuthenticationError\): check owner ID and token/,
  },
  {
    title: 'an envelope in a list, with several messages',
    status: 400,
    error: {
      name: 'ValidationError',
      message: 'You must specify subject; You must specify from-email',
      forms: ['list', 'messages', 'type', 'textCode'],
    },
    kind: 'validation',
    fate: 'notSent',
    sentence:
      /^From Email, Subject: SendClean refused the call: You must specify subject; You must specify from-email \(/,
  },
  {
    title: 'a path that the service does not know',
    status: 404,
    error: { name: 'Invalid Request', message: 'Page Not Found', forms: ['typeObject', 'list'] },
    kind: 'service',
    fate: 'notSent',
    sentence: /^SendClean does not know the call messages\/sendMail \(Page Not Found\): check the app domain/,
  },
  {
    title: 'a request that may have been done',
    status: 500,
    error: {
      name: 'SendingError',
      message: 'Your request is not completed. Please try after sometime.',
      forms: ['capital', 'list', 'messages'],
    },
    kind: 'service',
    fate: 'unknown',
    sentence:
      /^SendClean refused the call: Your request is not completed\. Please try after sometime\. \(Sen/,
  },
];
