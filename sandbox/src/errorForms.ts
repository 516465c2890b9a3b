/**
 * The forms in which errors of the service were seen, each of them once, beside the usual
 * `{"status":"error","code":-1,"name":"…","message":"…"}`. They can be combined.
 */
export const errorForms = ['type', 'typeObject', 'capital', 'textCode', 'messages', 'list'] as const;
export type ErrorForm = (typeof errorForms)[number];

/** An error as the service is to answer it. */
export interface ErrorDescription {
  /** Class of the error, `GeneralError` by default; without one when it is empty. */
  name?: string;
  /** The reason, “An unexpected error occurred” by default. */
  message?: string;
  forms?: readonly ErrorForm[];
}

/** The body of an error, in the forms that are asked for. */
export function errorBody({
  name = 'GeneralError',
  message = 'An unexpected error occurred',
  forms = [],
}: ErrorDescription): object {
  const has = (form: ErrorForm) => forms.includes(form);
  const nameless = {
    status: has('capital') ? 'Error' : 'error',
    code: has('textCode') ? '-1' : -1,
    message: has('messages') ? message.split('; ') : message,
  };
  const envelope = { ...nameless, ...classOf(name, has) };
  return has('list') ? [envelope] : envelope;
}

function classOf(name: string, has: (form: ErrorForm) => boolean): object {
  if (!name) return {};
  if (has('typeObject')) return { type: { name } };
  return has('type') ? { type: name } : { name };
}
