import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';
import { onDemand } from '../shared/wire/onDemand';

/** The code of the node, which has that of the account as well; n8n starts without it. */
const router = onDemand(() => import('../nodes/SendClean/actions/router'));

/** How long after this file it is loaded, in milliseconds, as by the node: before an update moves the files away. */
const soon = 3000;

AbortSignal.timeout(soon).addEventListener('abort', () => void router().catch(() => undefined));

/** A SendClean account. Owner ID and token travel in the body of a POST and in the query of a GET. */
export class SendCleanApi implements ICredentialType {
  name = 'sendCleanApi';

  displayName = 'SendClean API';

  icon = {
    light: 'file:../nodes/SendClean/sendclean.svg',
    dark: 'file:../nodes/SendClean/sendclean.dark.svg',
  } as const;

  documentationUrl = 'https://github.com/sendclean-nodes/sendclean-nodes/blob/main/docs/accounts.md';

  properties: INodeProperties[] = [
    {
      displayName: 'Owner ID',
      name: 'ownerId',
      type: 'string',
      required: true,
      default: '',
      description: 'ID of your SendClean user, shown in the SendClean panel',
    },
    {
      displayName: 'Token',
      name: 'token',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: 'API token of your SendClean user',
    },
    {
      displayName: 'SMTP User',
      name: 'smtpUser',
      type: 'string',
      default: '',
      placeholder: 'e.g. smtp12345',
      description: 'Default SMTP user for sending; a node can use a different one',
    },
    {
      displayName: 'App Domain',
      name: 'domain',
      type: 'string',
      default: 'sendclean.net',
      placeholder: 'e.g. us1-mta1.sendclean.net',
      description:
        'App domain shown in the SendClean panel: the host name only, without “https://” and “api.”',
    },
    {
      displayName: 'Custom Endpoint',
      name: 'endpoint',
      type: 'string',
      default: '',
      placeholder: 'e.g. http://127.0.0.1:8025',
      description:
        'Address of a different service, such as the SendClean sandbox. It replaces the app domain.',
    },
  ];

  /** Puts base URL, owner ID and token on a request, see `transport/authenticate.ts`. */
  authenticate: IAuthenticate = async (credentials, requestOptions) => {
    const { authenticate } = await router();
    return await authenticate(credentials, requestOptions);
  };
}
