import type { FastifyInstance } from 'fastify';
import { ControlError } from './controlError';
import type { AccountDetail } from './settings/accountDetail';
import type { SendingDomainState } from './settings/sendingDomains';
import type { Settings } from './settings/settings';

const boolean = { type: 'boolean' };
const text = { type: 'string' };

/** A body of at least one of these properties. */
function some(properties: object): object {
  return { type: 'object', properties, minProperties: 1, additionalProperties: false };
}

const detail = some({
  name: text,
  email: text,
  mobile: text,
  allowed_speed: { type: 'integer', minimum: 0 },
  reputation: text,
});

/** So many of the latest deliveries of a webhook are in the list. */
const shownDeliveries = 20;

interface Of<Name extends string> {
  Params: Record<Name, string>;
}

/**
 * Adds the routes that show what the account has, and by which people and tests decide what DNS says of its domains.
 * Lists hold no password and no key: each is given alone, to whoever asks for it.
 */
export function addSettings(scope: FastifyInstance, settings: Settings): void {
  const { smtpUsers, sendingDomains, trackingDomains, webhooks, firing, account } = settings;
  scope.get('/settings', () => ({
    account: account.get(),
    smtpUsers: smtpUsers
      .list()
      .map(({ password, ...user }) => ({ ...user, sent: smtpUsers.sent(user.name) })),
    sendingDomains: sendingDomains.list(),
    trackingDomains: trackingDomains.list(),
    webhooks: webhooks.list().map(({ key, ...webhook }) => ({
      ...webhook,
      waiting: firing.waiting(webhook.id),
      deliveries: firing.poster.deliveries.of(webhook.id).slice(0, shownDeliveries),
    })),
  }));
  scope.put<{ Body: Partial<AccountDetail> }>(
    '/settings/account',
    { schema: { body: detail } },
    async ({ body }, reply) => {
      settings.change(() => account.set(body));
      await reply.code(204).send();
    },
  );
  scope.get<Of<'name'>>('/smtp-users/:name/password', ({ params: { name } }) => {
    const user = smtpUsers.find(name);
    if (!user) throw new ControlError(`There is no SMTP user ${name}`, 404);
    return { password: user.password };
  });
  scope.put<Of<'domain'> & { Body: Partial<SendingDomainState> }>(
    '/sending-domains/:domain',
    { schema: { body: some({ dkim: boolean, spf: boolean, verified: boolean }) } },
    async ({ params: { domain }, body }, reply) => {
      const isSet = settings.change(() => sendingDomains.set(domain, body));
      if (!isSet) throw new ControlError(`There is no sending domain ${domain}`, 404);
      await reply.code(204).send();
    },
  );
  scope.put<Of<'domain'> & { Body: { cname: boolean } }>(
    '/tracking-domains/:domain',
    { schema: { body: some({ cname: boolean }) } },
    async ({ params: { domain }, body }, reply) => {
      const isSet = settings.change(() => trackingDomains.set(domain, body));
      if (!isSet) throw new ControlError(`There is no tracking domain ${domain}`, 404);
      await reply.code(204).send();
    },
  );
}
