/** Messages through one node in a real Node-RED, or without it through a raw client: time, CPU time and memory. */
import { Agent, request as httpRequest } from 'node:http';
import axios from 'axios';
import type { NodeMessage } from '../../../node-red/src/red';
import { account } from '../../support/account';
import { launch, type FlowNode, type RuntimeOptions } from '../../support/nodeRed';
import { flowOf, ids } from '../../support/nodeRedFlow';
import { answer } from './answer';
import { countsOf, settle, type Counts, type Settings } from './control';
import { startMeter, type Spent } from './meter';

export interface NodeRedArgs {
  node: 'SendClean' | 'function' | 'http request' | 'e-mail' | 'raw client';
  messages: number;
  /** Messages before those that are measured. */
  warmUp?: number;
  url: string;
  smtpPort: number;
  settings?: Settings;
  /** Requests at once, for what has this setting. */
  atOnce?: number;
  /** Bytes of the file that each message attaches; none if 0. */
  attachment?: number;
  /** Whether to look at what is held meanwhile. */
  samples?: boolean;
}

/** Something that sends emails. */
interface Sender {
  /** Sends some of them, each with a file of so many bytes. */
  send(count: number, attachment: number): Promise<void>;
  stop(): Promise<void>;
}

answer(async (args: NodeRedArgs): Promise<Spent & Counts> => {
  const { url, messages, warmUp = 20, settings = {}, attachment = 0, samples = false } = args;
  const sender = args.node === 'raw client' ? rawClient(args) : await flowSender(args);
  await sender.send(warmUp, attachment && 1000);
  await settle(url, settings);
  const stop = startMeter(samples);
  await sender.send(messages, attachment);
  const spent = await stop();
  const counts = await countsOf(url);
  await sender.stop();
  if (counts.requests !== messages) throw new Error(`${counts.requests} of ${messages} mails were sent`);
  return { ...spent, ...counts };
});

/** A flow of one node; an email is sent once the node says that it is done with its message. */
async function flowSender(args: NodeRedArgs): Promise<Sender> {
  const { RED, deploy, send, stop } = await launch({ globals: globals(args) });
  let left = 0;
  let failure: Error | undefined;
  let over = () => {};
  RED.hooks.add('onComplete.bench', ({ node, error }) => {
    if (node.id !== ids.node) return;
    failure ??= error;
    left -= 1;
    if (left === 0) over();
  });
  await deploy(flows[args.node as keyof typeof flows](args));
  const toMessage = messages[args.node as keyof typeof messages];
  return {
    async send(count, attachment) {
      left = count;
      const ended = new Promise<void>((resolve) => (over = resolve));
      for (let index = 0; index < count; index += 1) {
        send(ids.node, toMessage(index, attachment ? Buffer.alloc(attachment, index + 1) : undefined));
      }
      await ended;
      if (failure) throw failure;
    },
    stop,
  };
}

const node = (type: string, settings: object): RuntimeOptions => ({
  flows: [
    { id: 'tab', type: 'tab' } as FlowNode,
    { id: ids.node, type, z: 'tab', x: 0, y: 0, wires: [[]], ...settings } as FlowNode,
  ],
});

/** The node of a flow with its account, and without the nodes that follow, for which Node-RED copies each message. */
function alone({ flows: all, ...options }: RuntimeOptions): RuntimeOptions {
  const kept = all.filter(
    ({ id, type }) => id === ids.node || type === 'tab' || type === 'sendclean-account',
  );
  return { ...options, flows: kept.map((one) => (one.id === ids.node ? { ...one, wires: [[]] } : one)) };
}

const flows = {
  SendClean: ({ url, atOnce = 10 }: NodeRedArgs) =>
    alone(flowOf('sendMail', { endpoint: url, atOnce: String(atOnce) })),
  // The floor: the same client on as many connections, without anything that a node of email does.
  function: () =>
    node('function', {
      func: "msg.payload = await global.get('post')(msg.payload); return msg;",
      outputs: 1,
      libs: [],
    }),
  'http request': ({ url }: NodeRedArgs) =>
    node('http request', {
      method: 'POST',
      ret: 'obj',
      paytoqs: 'ignore',
      url: `${url}/v1.0/messages/sendMail`,
      persist: true,
      senderr: true,
    }),
  'e-mail': ({ smtpPort }: NodeRedArgs) =>
    node('e-mail', {
      server: '127.0.0.1',
      port: smtpPort,
      secure: false,
      tls: false,
      authtype: 'NONE',
      name: '',
    }),
};

/** What the function node has: axios, as our transport calls it. */
function globals({ url, atOnce = 10 }: NodeRedArgs) {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const post = async (body: object): Promise<unknown> =>
    (await axios.post<unknown>(`${url}/v1.0/messages/sendMail`, body, { httpAgent, proxy: false })).data;
  return { post };
}

const messages = {
  SendClean: mailMessage,
  function: requestMessage,
  'e-mail': mailMessage,
  'http request': requestMessage,
};

/** An email as both email nodes take it. */
function mailMessage(index: number, file: Buffer | undefined): NodeMessage {
  return {
    from: 'shop@example.com',
    to: `jane${index}@example.com`,
    topic: `Order ${index}`,
    payload: `<p>Hi Jane ${index}</p>`,
    ...(file && { attachments: [{ filename: 'file.pdf', contentType: 'application/pdf', content: file }] }),
  };
}

/** The same as a request, which a function node has made. */
function requestMessage(index: number, file: Buffer | undefined): NodeMessage {
  return { payload: requestBody(index, file) };
}

function requestBody(index: number, file: Buffer | undefined): object {
  const attachment = file && { type: 'application/pdf', name: 'file.pdf', content: file.toString('base64') };
  return {
    smtp_user_name: account.smtpUser,
    message: {
      from_email: 'shop@example.com',
      to: [{ email: `jane${index}@example.com`, type: 'to' }],
      subject: `Order ${index}`,
      html: `<p>Hi Jane ${index}</p>`,
      ...(attachment && { attachments: [attachment] }),
    },
    owner_id: account.owner_id,
    token: account.token,
  };
}

/** The least that it takes: Node's own client on kept-alive connections. */
function rawClient({ url, atOnce = 10 }: NodeRedArgs): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const headers = { 'content-type': 'application/json' };
  const post = (body: string) =>
    new Promise<void>((resolve, reject) => {
      const options = {
        agent,
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      };
      const request = httpRequest(`${url}/v1.0/messages/sendMail`, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve(JSON.parse(text) as undefined));
      });
      request.on('error', reject).end(body);
    });
  return {
    async send(count, attachment) {
      const file = attachment ? Buffer.alloc(attachment, 1) : undefined;
      const all = Array.from({ length: count }, (_, index) => post(JSON.stringify(requestBody(index, file))));
      await Promise.all(all);
    },
    stop: async () => agent.destroy(),
  };
}
