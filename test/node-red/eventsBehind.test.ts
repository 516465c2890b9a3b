import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { handshake } from '../../shared/events/readEvents';
import { asForm, asJson, form, useEvents } from './eventsHarness';

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

const express = createRequire(import.meta.url)('express') as Record<
  'json' | 'urlencoded' | 'raw',
  (options: object) => Middleware
>;

let inFront: Middleware | undefined;
const { deploy, post, got, address, warnings } = useEvents({
  settings: {
    httpNodeMiddleware: ((request, response, next) =>
      inFront ? inFront(request, response, next) : next()) satisfies Middleware,
  },
});

const events = [
  { _id: '1', event: 'open' },
  { _id: '2', event: 'spam' },
];
const list = JSON.stringify(events);

describe('the Node-RED node for events, with httpNodeMiddleware in front', () => {
  const parsers: [name: string, parser: Middleware, body: string, headers: Record<string, string>][] = [
    ['JSON was parsed', express.json({}), JSON.stringify({ SendCleantes_events: list }), asJson],
    ['a form was parsed', express.urlencoded({ extended: true }), form(events), asForm],
    ['a form is in a Buffer', express.raw({ type: () => true }), form(events), asForm],
    ['another type was parsed', express.json({}), form(events), asForm],
  ];
  for (const [name, parser, body, headers] of parsers)
    it(`reads events where ${name}`, async (t) => {
      inFront = parser;
      t.after(() => (inFront = undefined));
      await deploy();
      assert.deepEqual(await post(body, headers), { status: 200, text: handshake });
      assert.deepEqual(
        (await got()).map(({ topic }) => topic),
        ['open', 'spam'],
      );
    });

  it('answers as a parser says that refuses a body, with one line in the log', async (t) => {
    inFront = express.json({ limit: 10 });
    t.after(() => (inFront = undefined));
    await deploy();
    const before = warnings().length;
    assert.equal((await post(JSON.stringify({ SendCleantes_events: list }), asJson)).status, 413);
    assert.deepEqual(warnings().slice(before), ['A request cannot be read: request entity too large']);
    assert.deepEqual(await got(), []);
  });

  it('lets it refuse a request', async (t) => {
    inFront = (_request, response) => void response.writeHead(403).end();
    t.after(() => (inFront = undefined));
    await deploy();
    assert.equal((await post(form(events), asForm)).status, 403);
    assert.equal((await fetch(address())).status, 403);
    assert.deepEqual(await got(), []);
  });
});
