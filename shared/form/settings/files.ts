import type { Setting } from './setting';

/** What is asked about the files of an email. */
export const fileSettings = {
  sizeLimit: {
    title: 'Size Limit (MB)',
    description: 'Maximum total size of attachments and images per email',
    group: 'files',
    kind: 'number',
    min: 0.1,
    max: 10_000,
    default: 25,
    hosts: {
      nodeRed: {
        description:
          'Maximum total size of attachments and images per email in megabytes. Leave empty for no limit.',
        default: '',
      },
    },
  },
  /** One for each field of files, which it is named after. */
  details: {
    title: 'Details',
    place: 'options',
    description: 'Name or MIME type to use instead of those of the binary field',
    group: 'files',
    kind: 'rows',
    hosts: { nodeRed: { reason: 'name, Content-ID and MIME type are part of each file there' } },
  },
} satisfies Record<string, Setting>;
