import { parseArgs } from 'node:util';
import { isLoopback } from './admission';
import { SandboxError, startSandbox, type Sandbox, type SandboxOptions } from './server';

const help = `SendClean sandbox: a local SendClean service with an inbox page.

Usage: npm run sandbox -- [options]

  --port N          port to listen on (8025; 0 for any free one)
  --host ADDRESS    address to bind (127.0.0.1); others open the sandbox to other machines
  --allow-host NAME another name by which they may call it; may be repeated
  --control-token TOKEN
                    what /_sandbox then asks for (made and printed unless given here
                    or in SENDCLEAN_CONTROL_TOKEN)
  --data FILE       keep the messages in this file (in memory)
  --rate-limit N    requests per minute and SMTP user, HTTP 429 above (no limit)
  --owner ID        owner ID of the account (sandbox)
  --token TOKEN     token of the account (sandbox-token)
  --smtp-user NAME  add an SMTP user beside smtp-sandbox; may be repeated
  --template ID     add a template beside welcome; may be repeated
  --webhooks-anywhere
                    call webhooks outside this machine and private networks too
  --help            show this text
`;

/** Reads the command line; undefined when it asks for help. */
function readOptions(args: string[]): SandboxOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      'control-token': { type: 'string' },
      data: { type: 'string' },
      'rate-limit': { type: 'string' },
      owner: { type: 'string' },
      token: { type: 'string' },
      'smtp-user': { type: 'string', multiple: true },
      template: { type: 'string', multiple: true },
      'webhooks-anywhere': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''));
  if (empty) throw new SandboxError(`--${empty[0]} must not be empty.`);
  if (values.help) return undefined;
  return {
    port: readNumber('port', values.port, 0, 65_535),
    host: values.host,
    allowHosts: values['allow-host'],
    controlToken: readControlToken(values['control-token']),
    data: values.data,
    rateLimit: readNumber('rate-limit', values['rate-limit'], 1, 1_000_000),
    owner: values.owner,
    token: values.token,
    smtpUsers: values['smtp-user'],
    templates: values.template,
    webhooksAnywhere: values['webhooks-anywhere'],
  };
}

function readNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new SandboxError(`--${name} must be a whole number from ${least} to ${most}, not “${text}”.`);
}

function readControlToken(option: string | undefined): string | undefined {
  const token = option ?? (process.env.SENDCLEAN_CONTROL_TOKEN || undefined);
  if (token === undefined || /^[!-~]+$/.test(token)) return token;
  throw new SandboxError('--control-token must consist of visible ASCII characters, without spaces.');
}

/** What a sandbox that other machines can reach says of that, in a line each. */
function openingNotice({ url, controlToken = '' }: Sandbox, isMade: boolean): string {
  // Where every address of this machine is bound, a browser on it opens this one.
  const address = url.replace(/\/\/(?:0\.0\.0\.0|\[::\])(?=:)/, '//localhost');
  const token = isMade ? encodeURIComponent(controlToken) : 'TOKEN';
  return [
    'Other machines can reach it, by plain HTTP: with owner ID and token they send to it, with the control token they read all emails and steer it.',
    isMade ? `Control token: ${controlToken}` : 'The control token is the one that it was given.',
    `Inbox: ${address}/?token=${token}`,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(help);
    return;
  }
  const sandbox = await startSandbox(options);
  process.stdout.write(`SendClean sandbox listening on ${sandbox.url}\n`);
  if (!isLoopback(options.host ?? '127.0.0.1')) {
    process.stdout.write(openingNotice(sandbox, options.controlToken === undefined));
  }
  const end = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((error: unknown) => {
  const isOption =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE');
  const message = error instanceof Error ? error.message : String(error);
  const [sentence = ''] = message.split(/(?<=\.) /);
  const text = isOption ? `${sentence.replace(/\.?$/, '')}; --help shows the options.` : message;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
