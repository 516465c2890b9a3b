import type { Setting } from './setting';

/** What a read gives, and how a result goes on. */
export const readingSettings = {
  returnAll: {
    title: 'Return All',
    description: 'Whether to return all results or only up to a given limit',
    group: 'read',
    kind: 'switch',
    default: 'no',
    hosts: { nodeRed: { reason: 'an empty Limit means all' } },
  },
  limit: {
    title: 'Limit',
    description: 'Max number of results to return',
    group: 'read',
    kind: 'number',
    min: 1,
    isWhole: true,
    default: 50,
    hosts: {
      nodeRed: { description: 'Maximum number of records. Leave empty for all.', default: '' },
    },
  },
  simplify: {
    title: 'Simplify',
    description: 'Whether to return a simplified version of the response instead of the raw data',
    group: 'read',
    kind: 'switch',
    default: 'yes',
    hosts: {
      nodeRed: {
        description: 'Whether to return simplified records, with ISO 8601 times, instead of the raw ones',
      },
    },
  },
  includeSecrets: {
    title: 'Include Secrets',
    description: 'Whether the result includes passwords and keys',
    group: 'read',
    kind: 'switch',
    default: 'no',
  },
  nothingFound: {
    title: 'If Nothing Is Found',
    description: 'What to return if no email has the X-Unique-Id',
    group: 'read',
    kind: 'choice',
    choices: [
      { value: 'nothing', title: 'Nothing' },
      { value: 'item', title: 'A Record That Says So', description: 'One with found: false' },
      { value: 'error', title: 'An Error' },
    ],
    default: 'nothing',
  },
  output: {
    title: 'Output',
    description:
      'One message with a list of all records, or one message per record, which a Join node can combine',
    group: 'read',
    kind: 'choice',
    choices: [
      { value: 'list', title: 'one message with all records' },
      { value: 'each', title: 'one message per record' },
    ],
    default: 'list',
    hosts: { n8n: { reason: 'n8n always gives an item per record' } },
  },
  result: {
    title: 'Put Result In',
    description: 'Message property that receives the result',
    group: 'read',
    kind: 'text',
    default: 'payload',
    hosts: { n8n: { reason: 'the result is the item' } },
  },
} satisfies Record<string, Setting>;
