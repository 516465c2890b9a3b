/** Everything in the core that sees text from outside takes time in proportion to its length. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseUrl } from '../../shared/wire/baseUrl';
import { encodeQuery, toQuery } from '../../shared/wire/query';
import { pathOf } from '../../shared/paths';
import { say } from '../../shared/phrase';
import { toAddress, toAddressList } from '../../shared/form/addresses';
import { entriesOf, flatten, fromJson } from '../../shared/form/entries';
import { readEvents } from '../../shared/events/readEvents';
import { simplifyEvent } from '../../shared/events/simplifyEvent';
import { SendCleanError } from '../../shared/errors';
import { bareType, withExtension } from '../../shared/form/fileTypes';
import { operations } from '../../shared/generated/operations';
import { emailAddress } from '../../shared/generated/validators';
import { leftOutNote } from '../../shared/form/headers';
import { hasTag } from '../../shared/form/htmlText';
import { contentIds, withImageAddresses } from '../../shared/request/imageReferences';
import { jsonBody } from '../../shared/wire/jsonBody';
import { labelOf } from '../../shared/form/labels';
import { previewEml } from '../../shared/delivery/previewEml';
import { previewHtml } from '../../shared/delivery/previewHtml';
import { simulatedClock } from '../support/clock';
import { toLine } from '../../shared/form/lines';
import { readMessageIds } from '../../shared/form/messageIds';
import { noResponseError } from '../../shared/response/networkErrors';
import { inSentence, shown } from '../../shared/quote';
import { withDistinctRecipients } from '../../shared/request/recipientList';
import { toUnsubscribe } from '../../shared/form/unsubscribe';
import { toRecipients } from '../../shared/form/recipients';
import { createRedact } from '../../shared/response/redact';
import { perRecipient } from '../../shared/form/perRecipient';
import { simplify } from '../../shared/response/simplify';
import { problemsIn } from '../../shared/request/validation';
import type { TransportResponse } from '../../shared/wire/transport';
import { simulatedService } from '../support/transport';
import { assertInProportion } from './growth';
import { collections, fewTexts, texts } from './hostile';

const { sendMail, getMessageInfo } = operations;
const redact = createRedact({ token: '"\\%&; <token>', ownerId: 'a b"\\' });
const [field] = sendMail.fields;
assert.ok(field);

/** Functions of a text. */
const ofText: Readonly<Record<string, (text: string) => unknown>> = {
  bareType,
  baseUrl: (text) => baseUrl({ domain: text }),
  contentIds,
  'contentIds of an attribute': (text) => contentIds(`<img src="cid:a" alt="${text}" srcset='cid:${text}'>`),
  'say of a value': (text) => say({ template: '{0} {1}', parts: [text, text] }),
  'say of a translation': (text) => say({ template: 'a {0}', parts: [1] }, () => text),
  'contentIds of a style': (text) => contentIds(`<p style='cid: ${text}'><style>cid: ${text}</style>`),
  emailAddress,
  'emailAddress at a domain': (text) => emailAddress(`a@${text}`),
  encodeQuery: (text) => encodeQuery(toQuery({ values: { [text]: text } })),
  entriesOf: (text) => entriesOf(text),
  fromJson,
  hasTag,
  inSentence,
  jsonBody: (text) => jsonBody({ [text]: text, file: 'A'.repeat(10_000), another: 'file' }),
  labelOf: (text) => say(labelOf(sendMail, `to[${text}`) ?? ''),
  leftOutNote: (text) => say(leftOutNote(field, [text])),
  noResponseError: (text) => noResponseError(new Error(text, { cause: new Error(text) })),
  pathOf: (text) => pathOf(['message', text]),
  problemsIn: (text) => problemsIn('sendMail', { smtp_user_name: text, message: { [text]: text, to: text } }),
  readEvents,
  'readEvents of a parameter': (text) => readEvents({ SendCleantes_events: text }),
  'readEvents of a list': (text) =>
    readEvents(`[{"event":${JSON.stringify(text)},"msg":${JSON.stringify([text])}}]`),
  'readEvents of a form': (text) => readEvents(`SendCleantes_events=${text}`),
  readMessageIds,
  simplifyEvent: (text) => simplifyEvent({ event: text, ts: text, msg: `{"email":${JSON.stringify(text)}}` }),
  'simplifyEvent of a text': (text) => simplifyEvent({ event: 'open', msg: text }),
  'redact in an error': redact.error,
  'redact in a result': redact.result,
  'previewEml and previewHtml': (text) => {
    const { html, ...others } = {
      from: { address: text, name: text },
      to: [{ address: text, name: text }],
      cc: [],
      bcc: [],
      subject: text,
      html: text,
      text,
      headers: [['X-A', text]] satisfies [[string, string]],
      attachments: [{ name: text, type: 'text/plain', content: '' }],
      images: [],
    };
    return [previewEml({ html, ...others }, text, simulatedClock()), previewHtml({ html, ...others })];
  },
  shown,
  toAddress: (text) => toAddress(field, text),
  toAddressList: (text) => toAddressList(field, text),
  toLine,
  toQuery: (text) => toQuery({ values: { [text]: text } }),
  toUnsubscribe: (text) => toUnsubscribe(field, [text, `https://a.example/${text}`, `a@b.co?${text}`]),
  toRecipients: (text) => toRecipients([text, { email: text, name: text }, { email: `a@${text}` }], 'to'),
  withExtension: (text) => withExtension(text, text),
  withImageAddresses: (text) => withImageAddresses(`<p style="${text}"><img src='cid:${text}'>`, () => 'a'),
};

/** Functions of a list or an object. */
const ofCollection: Readonly<Record<string, (value: object) => unknown>> = {
  entriesOf: (value) => entriesOf([value, JSON.stringify(value)]),
  flatten: (value) => flatten([value, [value]]),
  jsonBody,
  perRecipient: (value) => perRecipient(sendMail, { message: { to: value } }),
  problemsIn: (value) =>
    problemsIn('sendMail', { ...value, message: { ...value, to: value, headers: value } }),
  readMessageIds,
  simplify: (value) =>
    simplify(getMessageInfo, { ...value, open_details: { ip: value, ua: value, time: value } }),
  toQuery: (value) => toQuery({ values: value }),
  toRecipients: (value) => toRecipients(value, 'to'),
  toUnsubscribe: (value) => toUnsubscribe(field, value),
  withDistinctRecipients: (value) => withDistinctRecipients(sendMail, { message: { to: value } }),
};

/** What a function says of input that is wrong does not matter here, as long as it says it. */
async function settled(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    assert.ok(error instanceof SendCleanError, String(error));
  }
}

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

/** What the service may answer; its secrets are as usual here. */
function answering(response: Partial<TransportResponse>) {
  const options = {
    limits: { attempts: 1 },
    redact: createRedact({ token: 'sandbox-token', ownerId: 'shop' }),
  };
  return simulatedService(() => response, options).client;
}

const send = (response: Partial<TransportResponse>) => answering(response).sendMail(mail);

/** Responses that hold a text. */
const ofResponse: Readonly<Record<string, (text: string) => unknown>> = {
  'as it is': (body) => send({ body }),
  'in an error': (text) => send({ body: JSON.stringify({ status: 'error', name: text, message: text }) }),
  'that is broken': (text) => send({ body: `{"status":"error";"message":"${text}` }),
  'in a header': (text) =>
    send({ status: 429, headers: { 'retry-after': text }, body: '{"status":"error"}' }),
  'that the email held': (text) => {
    const content = Buffer.from(text).toString('base64');
    const attachments = [{ type: 'text/plain', name: 'a.txt', content }];
    const client = answering({ body: JSON.stringify({ status: 'error', message: `${text} ${content}` }) });
    return client.sendMail({ ...mail, message: { ...mail.message, html: `<p>${text}`, attachments } });
  },
};

/** Responses that hold a list or an object. */
const ofLargeResponse: Readonly<Record<string, (value: object) => unknown>> = {
  'in an error': (value) => send({ body: JSON.stringify({ status: 'error', message: value }) }),
  'of records': (value) => {
    const client = answering({ body: JSON.stringify({ status: 'success', data: value }) });
    return client.run(client.prepare('getMessageInfo', { x_unique_id: 'a' }), { limit: 1 });
  },
};

/** Runs each work with each input, at sizes up to the one given. */
function eachInProportion<Input>(
  size: number,
  works: Readonly<Record<string, (input: Input) => unknown>>,
  inputs: Readonly<Record<string, (size: number) => Input>>,
): void {
  for (const [name, work] of Object.entries(works))
    for (const [kind, make] of Object.entries(inputs))
      it(`${name}, ${kind}`, () => assertInProportion(size, make, (input) => settled(() => work(input))));
}

describe('the core takes time in proportion to a text', () => eachInProportion(200_000, ofText, texts));
describe('the core takes time in proportion to a text in a response', () =>
  eachInProportion(200_000, ofResponse, fewTexts));
describe('the core takes time in proportion to a list or an object', () =>
  eachInProportion(100_000, ofCollection, collections));
describe('the core takes time in proportion to one in a response', () =>
  eachInProportion(100_000, ofLargeResponse, collections));
