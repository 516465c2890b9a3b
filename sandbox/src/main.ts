import { parseArgs } from 'node:util';
import { SandboxError, startSandbox, type SandboxOptions } from './server';

const help = `SendClean sandbox: a local SendClean service with an inbox page.

Usage: npm run sandbox -- [options]

  --port N          port to listen on (8025; 0 for any free one)
  --host ADDRESS    address to bind (127.0.0.1)
  --data FILE       keep the messages in this file (in memory)
  --rate-limit N    requests per minute and SMTP user, HTTP 429 above (no limit)
  --owner ID        owner ID of the account (sandbox)
  --token TOKEN     token of the account (sandbox-token)
  --smtp-user NAME  add an SMTP user beside smtp-sandbox; may be repeated
  --template ID     add a template beside welcome; may be repeated
  --help            show this text
`;

/** Reads the command line; undefined when it asks for help. */
function readOptions(args: string[]): SandboxOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      'rate-limit': { type: 'string' },
      owner: { type: 'string' },
      token: { type: 'string' },
      'smtp-user': { type: 'string', multiple: true },
      template: { type: 'string', multiple: true },
      help: { type: 'boolean' },
    },
  });
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''));
  if (empty) throw new SandboxError(`--${empty[0]} must not be empty.`);
  if (values.help) return undefined;
  return {
    port: readNumber('port', values.port, 0, 65_535),
    host: values.host,
    data: values.data,
    rateLimit: readNumber('rate-limit', values['rate-limit'], 1, 1_000_000),
    owner: values.owner,
    token: values.token,
    smtpUsers: values['smtp-user'],
    templates: values.template,
  };
}

function readNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new SandboxError(`--${name} must be a whole number from ${least} to ${most}, not “${text}”.`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(help);
    return;
  }
  const sandbox = await startSandbox(options);
  process.stdout.write(`SendClean sandbox listening on ${sandbox.url}\n`);
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
