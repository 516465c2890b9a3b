import {
  enabled,
  invalid,
  lacking,
  lackingAll,
  success,
  text,
  type Request,
  type SettingsCalls,
} from './call';
import { makeSecret } from './secrets';
import type { SmtpUser, SmtpUserChange, SmtpUsers } from './smtpUsers';

/** The calls that list, add and change SMTP users. */
export function smtpUserCalls(users: SmtpUsers): SettingsCalls {
  const withUser = (request: Request, act: (user: SmtpUser) => object) => {
    const name = text(request, 'smtp_user_name');
    const user = users.find(name);
    return user ? success(act(user)) : invalid(`smtp_user_name ${JSON.stringify(name)} is not known`);
  };
  const needsName = lacking('smtp_user_name', 'smtp_user_name required !!');
  const needsChange = lackingAll(['total_limit', 'hourly_limit', 'status'], 'No update field given !!');
  return {
    'settings/listSmtp': {
      carryOut: () => success({ smtp_list: users.list().map(listed) }),
    },
    'settings/addSmtp': {
      carryOut: ({ total_limit: totalLimit, hourly_limit: hourlyLimit }) => {
        const user = users.add({ totalLimit: limit(totalLimit), hourlyLimit: limit(hourlyLimit) });
        if (!user) return invalid('You reached the max SMTP user');
        const { name, password } = user;
        return success({ message: 'SMTP User Created', smtp_user_name: name, smtp_password: password });
      },
    },
    'settings/editSmtp': {
      lacks: (request) => needsName(request) ?? needsChange?.(request),
      carryOut: (request) =>
        withUser(request, ({ name }) => {
          users.change(name, changeOf(request));
          return { message: 'SMTP User Updated' };
        }),
    },
    'settings/resetSmtpPassword': {
      lacks: needsName,
      carryOut: (request) =>
        withUser(request, ({ name }) => {
          const password = makeSecret();
          users.change(name, { password });
          return { message: 'password reseted', smtp_user_name: name, smtp_password: password };
        }),
    },
  };
}

function listed({ name, password, isEnabled, totalLimit, hourlyLimit }: SmtpUser): object {
  return {
    smtp_user_name: name,
    password,
    status: enabled(isEnabled),
    total_limit: totalLimit,
    hourly_limit: hourlyLimit,
  };
}

function changeOf({ total_limit: total, hourly_limit: hourly, status }: Request): SmtpUserChange {
  return {
    ...(total !== undefined && { totalLimit: limit(total) }),
    ...(hourly !== undefined && { hourlyLimit: limit(hourly) }),
    ...(status !== undefined && { isEnabled: status === 'Enable' }),
  };
}

/** A limit that fits into the database. */
function limit(value: unknown): number {
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
}
