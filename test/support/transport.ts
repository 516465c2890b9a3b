import { createClient, type Client } from '../../shared/client';
import { operations } from '../../shared/generated/operations';
import type { OperationName, Operations } from '../../shared/generated/types';
import type { Clock, TransportResponse, TransportRequest } from '../../shared/wire/transport';
import { simulatedClock } from './clock';
import type { ClientOptions, RunOptions } from '../../shared/delivery/options';

/** What a simulated service answers: a response, or an error that the network throws. */
export type Answer = Partial<TransportResponse> | Error;

/** The edge of the network for tests of the core: records every request and answers as it is told. */
export function simulatedService(
  answer: (request: TransportRequest, index: number) => Answer,
  { latency, ...options }: Partial<ClientOptions> & { latency?: number } = {},
): { client: Client & Methods; requests: TransportRequest[]; clock: Clock } {
  const clock = options.clock ?? simulatedClock();
  const requests: TransportRequest[] = [];
  const send = async (request: TransportRequest) => {
    const index = requests.push(request) - 1;
    if (latency) await clock.sleep(latency);
    const given = answer(request, index);
    if (given instanceof Error) throw given;
    return { status: 200, headers: {}, body: '', ...given };
  };
  return { client: withMethods(createClient({ transport: { send }, clock, ...options })), requests, clock };
}

/** A method for each operation, which takes both steps of a client. */
type Methods = {
  readonly [Name in OperationName]: (
    request: Operations[Name]['request'],
    options?: RunOptions,
  ) => Promise<Operations[Name]['result']>;
};

/** A client that makes a call in one step. */
export function withMethods(client: Client): Client & Methods {
  const methods = Object.values(operations).map(({ name }) => [
    name,
    (request: object, options?: RunOptions) => client.run(client.prepare(name, request), options),
  ]);
  return { ...(Object.fromEntries(methods) as Methods), ...client };
}

/** A documented success. */
export const queued: Answer = { body: '{"status":"success","message":"message have been Queued ... "}' };
