import { accountLabels, type AccountSetting } from '../../wire/account';
import type { Setting } from './setting';

/** What an account consists of. */
export const accountSettings = {
  ownerId: {
    title: accountLabels.ownerId,
    description: 'ID of your SendClean user, shown in the SendClean panel',
    group: 'account',
    kind: 'text',
  },
  token: {
    title: accountLabels.token,
    description: 'API token of your SendClean user',
    group: 'account',
    kind: 'secret',
  },
  smtpUser: {
    title: accountLabels.smtpUser,
    description: 'Default SMTP user for sending; a node can use a different one',
    group: 'account',
    kind: 'text',
    placeholder: 'smtp12345',
  },
  domain: {
    title: accountLabels.domain,
    description: 'App domain shown in the SendClean panel: the host name only, without “https://” and “api.”',
    group: 'account',
    kind: 'text',
    default: 'sendclean.net',
    placeholder: 'us1-mta1.sendclean.net',
  },
  endpoint: {
    title: accountLabels.endpoint,
    description: 'Address of a different service, such as the SendClean sandbox. It replaces the app domain.',
    group: 'account',
    kind: 'text',
    placeholder: 'http://127.0.0.1:8025',
  },
} satisfies Record<AccountSetting, Setting>;
