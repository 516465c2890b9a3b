import { errorBody } from './errorForms';

/** An answer of the service: HTTP status and the envelope. Errors usually come with status 200. */
export interface Answer {
  status: number;
  body: object;
}

/** An error of the service in its own words; `ValidationError`, `GeneralError` or `AuthenticationError`. */
export function refusal(name: string, message: string, status = 200): Answer {
  return { status, body: errorBody({ name, message }) };
}

export const pageNotFound: Answer = { status: 200, body: { status: 'error', message: 'Page not found' } };
export const tokenMismatch = refusal('AuthenticationError', 'Token MissMatch');
export const failure = refusal('GeneralError', 'An unexpected error occurred', 500);
