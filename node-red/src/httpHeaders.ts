import { isEmpty } from '../../shared/form/empty';
import { valueAt } from '../../shared/paths';
import type { NodeMessage } from './red';

/** What an http request node leaves in a message beside the headers of the response; of a failure the first alone. */
const ofResponse = ['statusCode', 'responseUrl', 'redirectList', 'responseCookies'];

/** A header by which Node-RED's HTTP nodes know a response's headers again. */
const mark = 'x-node-red-request-node';

/**
 * Whether `msg.headers` are those of an HTTP request or response, and not the email's. Node-RED's http in and http
 * request nodes leave marks in the message, see 21-httpin.js and 21-httprequest.js; of a request that failed, a Catch
 * node tells the type.
 */
export function hasHttpHeaders(msg: NodeMessage): boolean {
  const { headers, req, res } = msg;
  if (isEmpty(headers) || (typeof headers === 'object' && Object.keys(headers ?? {}).length === 0))
    return false;
  return (
    ofResponse.some((property) => Object.hasOwn(msg, property)) ||
    [req, res].some((one) => typeof one === 'object' && one !== null) ||
    valueAt(headers, [mark]) !== undefined ||
    valueAt(msg, ['error', 'source', 'type']) === 'http request'
  );
}
