import { refusal, type Answer } from '../answers';
import type { Mail } from '../mail';

/** The request of a call, valid, without the credentials. */
export type Request = Readonly<Record<string, unknown>>;

/** One call of the service that reads or changes the account's settings. */
export interface SettingsCall {
  /** What the service says of a request that lacks something, where that is documented. */
  lacks?: (request: Request) => string | undefined;
  /** Carries out a request, and gives the properties of the response, or a refusal. */
  carryOut: (request: Request) => Outcome | Promise<Outcome>;
}

/** Calls by their path, without a leading slash. */
export type SettingsCalls = Readonly<Record<string, SettingsCall>>;

/** What comes of a call: a response of success, or a refusal. */
export type Outcome = Answer & {
  /** An email that the service sends on that occasion. */
  mail?: Mail;
};

/** A response of success. */
export function success(body: object): Outcome {
  return { status: 200, body: { status: 'success', ...body } };
}

/** A refusal for a reason that is in the request. */
export function invalid(message: string): Outcome {
  return refusal('ValidationError', message);
}

/** The text of a property; empty if there is none. */
export function text(request: Request, property: string): string {
  const value = request[property];
  return typeof value === 'string' ? value.trim() : '';
}

/** Says `sentence` of a request in which a property is missing or empty. */
export function lacking(property: string, sentence: string): (request: Request) => string | undefined {
  return (request) => (isGiven(request, property) ? undefined : sentence);
}

/** Says `sentence` of a request that has none of the properties. */
export function lackingAll(properties: readonly string[], sentence: string): SettingsCall['lacks'] {
  return (request) => (properties.some((one) => isGiven(request, one)) ? undefined : sentence);
}

function isGiven(request: Request, property: string): boolean {
  const value = request[property];
  return value !== undefined && value !== null && value !== '';
}

/** How the service writes whether something is right. */
export function validity(isValid: boolean): { valid: 'Yes' | 'No' } {
  return { valid: yesNo(isValid) };
}

export function yesNo(value: boolean): 'Yes' | 'No' {
  return value ? 'Yes' : 'No';
}

/** `Enable` or `Disable`, by which the service writes whether something is on. */
export function enabled(isOn: boolean): 'Enable' | 'Disable' {
  return isOn ? 'Enable' : 'Disable';
}
