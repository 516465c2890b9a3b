import { jsonBody } from './jsonBody';
import { encodeQuery } from './query';
import type { TransportRequest } from './transport';

/** Where a request goes, and who makes it. */
export interface Destination {
  /** Base URL with a slash at its end. */
  baseUrl: string;
  ownerId: string;
  token: string;
}

/** An HTTP request as it leaves a host. */
export interface AddressedRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: { Accept: string; 'Content-Type'?: string };
  /** JSON, as text or in UTF-8. */
  body?: string | Uint8Array;
}

/** Owner ID and token under the names that every call has for them. */
export function secretsOf({ ownerId, token }: Pick<Destination, 'ownerId' | 'token'>) {
  return { owner_id: ownerId, token };
}

/** A request with its address, and with owner ID and token in the body of a POST or the query of a GET. */
export function addressed(request: TransportRequest, destination: Destination): AddressedRequest {
  const { method, path, query = [], body } = request;
  const secrets = secretsOf(destination);
  const url = `${destination.baseUrl}${path}`;
  const headers = { Accept: 'application/json' };
  if (method === 'GET')
    return { method, url: `${url}?${encodeQuery([...query, ...Object.entries(secrets)])}`, headers };
  return {
    method,
    url,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: jsonBody({ ...body, ...secrets }),
  };
}
