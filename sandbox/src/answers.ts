import { errorBody } from './errorForms';

/** An answer of the service: HTTP status and the envelope. Errors usually come with status 200. */
export interface Answer {
  status: number;
  body: object;
  /** What the sandbox knows beyond it, for the list of calls; never part of the response. */
  detail?: string;
  /** ID of the message that the request made. */
  messageId?: number;
}

/** An error of the service in its own words; `ValidationError`, `GeneralError` or `AuthenticationError`. */
export function refusal(name: string, message: string, status = 200): Answer {
  return { status, body: errorBody({ name, message }) };
}

export const pageNotFound: Answer = { status: 200, body: { status: 'error', message: 'Page not found' } };
export const tokenMismatch = refusal('AuthenticationError', 'Token MissMatch');
export const failure = refusal('GeneralError', 'An unexpected error occurred', 500);
