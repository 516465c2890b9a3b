import { invalid } from '../../../shared/errors';
import { trimmed } from '../../../shared/wire/account';
import { notSet, variableOf } from '../accountSettings';
import type { NodeDef } from '../red';
import { phrase } from '../../../shared/phrase';

/** What a URL has in one spelling only, so that what is entered is what is called. */
const plain = /^[\w./~-]+$/;

/**
 * The path of a node below Node-RED's HTTP root, with a slash in front only.
 * @throws SendCleanError of kind `validation` for one that cannot be served.
 */
export function pathOf(definition: NodeDef): string {
  const entered = trimmed(definition.path);
  const variable = variableOf(entered);
  if (variable !== undefined) throw invalid('path', notSet(variable), 'Path');
  const parts = entered.split('/').filter((part) => part !== '');
  if (parts.length === 0) throw invalid('path', phrase`is required: enter one that nobody can guess`, 'Path');
  const isPlain = plain.test(entered) && parts.every((part) => part !== '.' && part !== '..');
  if (!isPlain)
    throw invalid('path', phrase`must have only letters, digits and the characters / . _ ~ -`, 'Path');
  return `/${parts.join('/')}`;
}
