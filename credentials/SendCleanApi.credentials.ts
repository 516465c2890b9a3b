import type {
  IAuthenticate,
  ICredentialType,
  IDataObject,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';
import { SendCleanError } from '../shared/errors';
import { baseUrl, readAccountSettings, requireSecrets, type AccountSettings } from '../shared/account';
import { jsonBody } from '../shared/jsonBody';
import { notStartedError } from '../shared/network';

/** A SendClean account. Owner ID and token travel in the body of a POST and in the query of a GET. */
export class SendCleanApi implements ICredentialType {
  name = 'sendCleanApi';

  displayName = 'SendClean API';

  icon = {
    light: 'file:../nodes/SendClean/sendclean.svg',
    dark: 'file:../nodes/SendClean/sendclean.dark.svg',
  } as const;

  documentationUrl = 'https://github.com/sendclean-nodes/sendclean-nodes';

  properties: INodeProperties[] = [
    {
      displayName: 'Owner ID',
      name: 'ownerId',
      type: 'string',
      required: true,
      default: '',
      description: 'ID of the SendClean user, as the SendClean panel shows it',
    },
    {
      displayName: 'Token',
      name: 'token',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: 'API token of the SendClean user',
    },
    {
      displayName: 'SMTP User',
      name: 'smtpUser',
      type: 'string',
      default: '',
      placeholder: 'e.g. smtp12345',
      description: 'SMTP user that sends, unless a node names another one',
    },
    {
      displayName: 'App Domain',
      name: 'domain',
      type: 'string',
      default: 'sendclean.net',
      placeholder: 'e.g. us1-mta1.sendclean.net',
      description: 'Domain that the SendClean panel shows, a bare host name without “https://” and “api.”',
    },
    {
      displayName: 'Custom Endpoint',
      name: 'endpoint',
      type: 'string',
      default: '',
      placeholder: 'e.g. http://127.0.0.1:8025',
      description:
        'Address of another service, such as the SendClean sandbox. It is used instead of the app domain.',
    },
  ];

  /**
   * Puts base URL, owner ID and token on a request. The options that are given stay as they are.
   * @throws SendCleanError when the account cannot be used, or the request is for another address than the account's, so
   * that the token goes nowhere else. Nothing was sent then, which the node reads from the error.
   */
  authenticate: IAuthenticate = async (credentials, requestOptions) => {
    try {
      const account = readAccountSettings(credentials);
      requireSecrets(account, 'credential');
      const base = baseUrl(account);
      const url = new URL(requestOptions.url.replace(/^\//, ''), requestOptions.baseURL ?? base);
      if (!url.href.startsWith(base)) throw otherAddress(base);
      return { ...withSecrets(requestOptions, account), baseURL: base, url: url.href };
    } catch (error) {
      throw notStartedError(error);
    }
  };
}

function otherAddress(base: string): SendCleanError {
  const message = `This SendClean account is for ${base} and no other address`;
  return new SendCleanError('validation', 'notSent', message);
}

function withSecrets(
  options: IHttpRequestOptions,
  { ownerId, token }: Pick<AccountSettings, 'ownerId' | 'token'>,
): IHttpRequestOptions {
  const secrets = { owner_id: ownerId, token };
  if (options.method === 'GET') return { ...options, qs: { ...options.qs, ...secrets } };
  // As text or bytes: n8n's HTTP client leaves names such as “constructor” out of an object.
  const json = jsonBody({ ...(options.body as IDataObject | undefined), ...secrets });
  const body = typeof json === 'string' ? json : Buffer.from(json.buffer);
  return { ...options, headers: { ...options.headers, 'Content-Type': 'application/json' }, body };
}
