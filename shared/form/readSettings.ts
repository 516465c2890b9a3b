/** Reads settings as they were entered: each by its entry in the catalogue, or an error that names it by its label. */
import { invalid } from '../errors';
import { shown } from '../quote';
import { isEmpty } from './empty';
import { settingOf, settings, type Host, type Setting, type SettingName } from './settings';
import { phrase } from '../phrase';

/** What was entered into a form, by the names of its settings. */
export type Entered = Readonly<Record<string, unknown>>;

/** What limits the requests of a run or an account; times in seconds. */
export interface Limits {
  /** None if undefined. */
  requestsPerMinute: number | undefined;
  atOnce: number;
  megabytes: number;
  attempts: number;
  timeout: number;
  connectTimeout: number;
}

/**
 * Reads all limits; one that is empty is what the catalogue says.
 * @throws SendCleanError of kind `validation` naming the limit and its range.
 */
export function readLimits(entered: Entered): Limits {
  return {
    requestsPerMinute: readNumber('requestsPerMinute', entered),
    atOnce: numberOf('atOnce', entered),
    megabytes: numberOf('megabytes', entered),
    attempts: numberOf('attempts', entered),
    timeout: numberOf('timeout', entered),
    connectTimeout: numberOf('connectTimeout', entered),
  };
}

/** The limits of a form into which nothing was entered. */
export const defaultLimits: Limits = readLimits({});

/** A number that the catalogue has a default for. */
function numberOf(name: SettingName, entered: Entered): number {
  return readNumber(name, entered) ?? NaN;
}

/**
 * Reads a number that may be left empty.
 * @param usual what it is where nothing is entered; the catalogue's default if left out.
 * @throws SendCleanError of kind `validation` naming the setting and its range.
 */
export function readNumber(name: SettingName, entered: Entered, usual = defaultOf(name)): number | undefined {
  if (!isEmpty(entered[name])) return requireNumber(name, entered);
  return typeof usual === 'number' ? usual : undefined;
}

function defaultOf(name: SettingName): unknown {
  return (settings[name] as Setting).default;
}

/**
 * Reads a number that must be there.
 * @throws SendCleanError of kind `validation` naming the setting and its range.
 */
export function requireNumber(name: SettingName, entered: Entered): number {
  const { title, min = -Infinity, max = Infinity, isWhole }: Setting = settings[name];
  const value = entered[name];
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const number = isNumeric ? Number(value) : NaN;
  if (number >= min && number <= max && (!isWhole || Number.isInteger(number))) return number;
  const range = max === Infinity ? phrase`from ${min}` : phrase`from ${min} to ${max}, got ${shown(value)}`;
  const reason = isWhole ? phrase`must be a whole number ${range}` : phrase`must be a number ${range}`;
  throw invalid(name, reason, title);
}

/** How emails are sent, as a form has it. */
export interface SendSettings {
  /** Whether each recipient gets an email of their own. */
  isSeparate: boolean;
  whenUnsure: 'report' | 'lookUp';
  skipSent: boolean;
  missingImages: 'report' | 'send';
  /** Whether nothing is sent, and the request is shown instead. */
  validateOnly: boolean;
}

/**
 * Reads how emails are sent.
 * @throws SendCleanError of kind `validation` naming the setting and its values.
 */
export function readSendSettings(entered: Entered): SendSettings {
  return {
    isSeparate: readChoice('sendAs', entered) === 'each',
    whenUnsure: readChoice('whenUnsure', entered) === 'lookUp' ? 'lookUp' : 'report',
    skipSent: readSwitch('skipSent', entered),
    missingImages: readChoice('missingImages', entered) === 'send' ? 'send' : 'report',
    validateOnly: readSwitch('validateOnly', entered),
  };
}

/** How the content of an email is written, as a form has it. */
export interface ContentSettings {
  /** One of the values of the catalogue. */
  format: string;
  /** Whether HTML tags in Markdown are HTML. */
  allowsHtml: boolean;
}

/**
 * Reads how the content of an email is written.
 * @throws SendCleanError of kind `validation` naming the setting and its values.
 */
export function readContentSettings(entered: Entered, host: Host): ContentSettings {
  return {
    format: String(readChoice('emailFormat', entered, settingOf('emailFormat', host))),
    allowsHtml: readSwitch('markdownHtml', entered),
  };
}

/**
 * What a read without a record comes to.
 * @throws SendCleanError of kind `validation` naming the setting and its values.
 */
export function readNothingFound(entered: Entered): 'nothing' | 'item' | 'error' {
  const choice = readChoice('nothingFound', entered);
  return choice === 'item' || choice === 'error' ? choice : 'nothing';
}

/** One of the values of a choice, or its default. */
function readChoice(name: SettingName, entered: Entered, setting: Setting = settings[name]): unknown {
  const { title, choices = [], default: usual } = setting;
  const value = entered[name];
  if (isEmpty(value)) return usual;
  const values = choices.map((choice) => choice.value);
  if (values.some((one) => one === value)) return value;
  throw invalid(name, phrase`must be one of ${values.join(', ')}, got ${shown(value)}`, title);
}

function readSwitch(name: SettingName, entered: Entered): boolean {
  const value = entered[name];
  return typeof value === 'boolean' ? value : readChoice(name, entered) === 'yes';
}
