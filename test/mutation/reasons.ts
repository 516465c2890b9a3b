/** Why no test can tell a change from the code: by that, the files and the beginnings of what is changed in them. */
export const reasons: readonly (readonly [reason: string, changed: Readonly<Record<string, string[]>>])[] = [
  [
    'A value in place of none, for the compiler: no data come there without one.',
    {
      account: ["''"],
      prepare: ["''"],
      redactMessage: ["''"],
      attempt: ["''"],
      inlineImages: ["''", '[]'],
      lookUp: ['[]', "''"],
      networkErrors: ["''", '[]', "{ code: '' }"],
      pages: ["''"],
      redact: ["''", '[]'],
      readResponse: ["''", '[]'],
      buildRequest: ["''"],
      perRecipient: ["''", '[]'],
      simplify: ['[]'],
      semaphore: ["''", '[]'],
      validation: ['[]'],
    },
  ],
  [
    'A check that narrows a type: what else could come there ends the same way without it.',
    {
      redactMessage: ['value !== null'],
      attempt: ["typeof value !== 'object'", 'value === null'],
      networkErrors: ['typeof '],
      buildRequest: ['value !== null', "kind === 'pairs'"],
      retry: ['status === undefined', 'status !== undefined'],
      semaphore: ['others?.', 'queueKey === undefined'],
      validation: ['found !== null'],
    },
  ],
  [
    'A pattern that differs for texts only which never come there, such as host names that URLs cannot have.',
    {
      account: ['/^'],
      fieldValues: ['/at position'],
      recipients: ['/[\\r\\n]+/g'],
      retry: ['/^'],
    },
  ],
  [
    'Both ways come to the same: what is trimmed, compared or cut off at that point is done again later.',
    {
      account: ['endpoint.trim()'],
      redactMessage: ['end < left.length', 'length / 3'],
      imageReferences: ['!sign.test(html)', '!/cid:'],
      lookUp: ['email.toLowerCase()'],
      networkErrors: ['depth > 5'],
      pages: ['records.length', "'notSent'"],
      recipients: ["''"],
      retry: ['!(thrown instanceof SendCleanError)'],
    },
  ],
  [
    'It would matter for an operation of another kind, which there is none of.',
    {
      client: ['!paged'],
      deliveryFields: ["effect === 'send'"],
      lookUp: [
        'effect',
        'fields.some',
        'name ===',
        '!finder',
        "'No operation",
        "'.'",
        'call.xUniqueId === null',
        'false',
      ],
      retry: ['status >= 400'],
    },
  ],
  [
    'Only memory would tell: a listener or a failure that nobody waits for any more.',
    { pages: ['page.catch'], readResponse: ['{'], semaphore: ["'abort'", '{ once: true }', 'true'] },
  ],
];
