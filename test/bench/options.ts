import { parseArgs } from 'node:util';
import { BenchError } from './error';

export const groupNames = ['core', 'load', 'n8n', 'nodeRed', 'pages', 'attachments', 'growth'] as const;
export type GroupName = (typeof groupNames)[number];

/** What ours is measured against, by the names of their rows. */
export const peerNames = [
  'HTTP Request',
  'HTTP Request with open token',
  'one by one',
  'floor',
  'function',
  'http request',
  'e-mail',
  'raw client',
  'ajv',
  'zod 3',
  'zod 4',
] as const;
export type PeerName = (typeof peerNames)[number];

export interface Options {
  groups: readonly GroupName[];
  peers: readonly PeerName[];
  quick: boolean;
  check: boolean;
  docs: boolean;
  packed: boolean;
  rounds: number;
  port: number;
  json: string;
}

export const help = `Usage: npm run bench -- [options]

Measures both packs side by side with what else people would use, and shows ratios first.

  --only GROUP     ${groupNames.join(', ')};
                   may be given several times; all unless told otherwise
  --against PEER   ${peerNames.map((name) => `"${name}"`).join(', ')};
                   may be given several times; all unless told otherwise
  --rounds N       rounds of which the median is shown, 3 unless told otherwise; what takes long is measured once
  --quick          only counts, sizes and bytes that do not depend on how busy the machine is; needs no installed n8n
  --check          end with exit status 1 when a bound of test/bench/bounds.json is broken
  --docs           write the figures into docs/performance.md
  --json FILE      where the figures go as JSON, build/bench.json unless told otherwise
  --port N         port of the local service, any free one unless told otherwise
  --packed         measure what stands in dist/ and build/, as npm run pack left it
  --help           show this
`;

/**
 * What the command line asks for; undefined for help.
 * @throws BenchError for what is not known.
 */
export function readOptions(args: readonly string[]): Options | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  return {
    groups: chosen('group', groupNames, values.only),
    peers: chosen('peer', peerNames, values.against),
    quick: values.quick,
    check: values.check,
    docs: values.docs,
    packed: values.packed,
    rounds: wholeNumber('rounds', values.rounds, 1, 100),
    port: wholeNumber('port', values.port, 0, 65_535),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const options = {
      only: { type: 'string', multiple: true },
      against: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '3' },
      port: { type: 'string', default: '0' },
      json: { type: 'string', default: 'build/bench.json' },
      quick: flag,
      check: flag,
      docs: flag,
      packed: flag,
      help: flag,
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.(?:\s|$)/);
    throw new BenchError(`${sentence}; --help shows what there is.`);
  }
}

function chosen<Name extends string>(
  kind: string,
  known: readonly Name[],
  given?: string[],
): readonly Name[] {
  if (!given) return known;
  const asked = given.flatMap((names) => names.split(','));
  const unknown = asked.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined) {
    throw new BenchError(`There is no ${kind} "${unknown}"; there are ${known.join(', ')}.`);
  }
  return known.filter((name) => asked.includes(name));
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new BenchError(`--${name} must be a whole number from ${min} to ${max}, got "${text}".`);
}
