import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that stands in for the one of a language model: it speaks OpenAI's chat completions, on loopback. */
export interface ChatModel {
  /** To be entered as the base URL of the credential. */
  url: string;
  /** The messages of the last request. */
  messages(): { role: string; content: unknown }[];
  close(): Promise<void>;
}

/**
 * Starts it. Its model calls the first tool that it is given with these arguments, then answers with what the tool
 * gave.
 */
export async function startChatModel(args: object): Promise<ChatModel> {
  let last: { role: string; content: unknown }[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const body = JSON.parse(Buffer.concat(pieces).toString() || '{}') as Body;
      last = body.messages ?? [];
      const message = answerTo(body, args);
      const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
      const head = { id: 'chat-1', created: 0, model: 'stand-in' };
      if (!body.stream) {
        const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
        const choices = [{ index: 0, message, finish_reason }];
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
        return;
      }
      const chunk = (choice: object) =>
        `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${chunk({ delta: message })}${chunk({ delta: {}, finish_reason })}data: [DONE]\n\n`);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    messages: () => last,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Body {
  messages?: { role: string; content: unknown }[];
  tools?: { function: { name: string } }[];
  stream?: boolean;
}

function answerTo({ messages = [], tools = [] }: Body, args: object): object {
  const result = messages.findLast(({ role }) => role === 'tool');
  const [tool] = tools;
  if (result || !tool) return { role: 'assistant', content: `The tool said: ${String(result?.content)}` };
  const call = { name: tool.function.name, arguments: JSON.stringify(args) };
  return {
    role: 'assistant',
    content: null,
    tool_calls: [{ index: 0, id: 'call-1', type: 'function', function: call }],
  };
}
