import type { Setting } from './setting';

/** What limits the requests of a node in n8n, and of an account in Node-RED. */
export const runSettings = {
  requestsPerMinute: {
    title: 'Requests per Minute',
    description:
      'Maximum requests per minute, evenly spaced. The quota of an SMTP user is usually 60. Leave empty for no limit.',
    group: 'run',
    kind: 'number',
    min: 1,
    max: 60_000,
  },
  atOnce: {
    title: 'Requests at Once',
    description: 'Maximum concurrent requests. Others are queued.',
    group: 'run',
    kind: 'number',
    min: 1,
    max: 100,
    default: 10,
  },
  megabytes: {
    title: 'Megabytes at Once',
    description: 'Maximum total size of concurrent requests. A larger request is sent alone.',
    group: 'run',
    kind: 'number',
    min: 1,
    max: 10_000,
    default: 100,
  },
  attempts: {
    title: 'Attempts',
    description:
      'Maximum attempts after a temporary failure. An email is sent again only if it is certain that it was not sent.',
    group: 'run',
    kind: 'number',
    min: 1,
    max: 10,
    default: 4,
  },
  timeout: {
    title: 'Timeout (Seconds)',
    description: 'Time to wait for a response',
    group: 'run',
    kind: 'number',
    min: 1,
    max: 600,
    default: 60,
  },
  connectTimeout: {
    title: 'Connect Timeout (Seconds)',
    description: 'Time to wait for a connection to SendClean',
    group: 'run',
    kind: 'number',
    min: 1,
    max: 60,
    default: 10,
    hosts: { n8n: { reason: 'n8n makes the connection, and lets no node set a time for it' } },
  },
} satisfies Record<string, Setting>;
