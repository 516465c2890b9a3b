import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressed } from '../../../shared/wire/addressed';

const destination = { baseUrl: 'https://api.example.com/v1.0/', ownerId: 'own&er', token: 't"1' };

describe('a request with its address', () => {
  it('has owner ID and token in the body of a POST, whatever the body says of them', () => {
    const body = { token: 'other', message: { subject: 'Hi' } };
    const request = addressed({ method: 'POST', path: 'a/b', body, timeout: 1000 }, destination);
    const { body: json, ...rest } = request;
    assert.deepEqual(rest, {
      method: 'POST',
      url: 'https://api.example.com/v1.0/a/b',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    });
    assert.deepEqual(JSON.parse(String(json)), {
      token: 't"1',
      message: { subject: 'Hi' },
      owner_id: 'own&er',
    });
  });

  it('has them at the end of the query of a GET, which has no body', () => {
    const query = [['to[0]', 'jane@example.com']] as const;
    assert.deepEqual(addressed({ method: 'GET', path: 'a/b', query, timeout: 1000 }, destination), {
      method: 'GET',
      url: 'https://api.example.com/v1.0/a/b?to%5B0%5D=jane%40example.com&owner_id=own%26er&token=t%221',
      headers: { Accept: 'application/json' },
    });
  });
});
