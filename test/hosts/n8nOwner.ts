/** The first user of an n8n, who may do everything. */
export const owner = {
  email: 'owner@example.com',
  firstName: 'Jane',
  lastName: 'Doe',
  password: 'Passw0rd!',
};

/**
 * Makes one call to n8n's own API as its owner, and gives the data that it answers.
 * @throws Error with n8n's answer when it refuses
 */
export type Rest = (method: string, path: string, body?: object) => Promise<unknown>;

/** Makes the owner of a new n8n. */
export function setUpOwner(url: string): Promise<Rest> {
  return open(url, 'owner/setup', owner);
}

/** Signs in as the owner of an n8n that has one. */
export function signIn(url: string): Promise<Rest> {
  return open(url, 'login', { emailOrLdapLoginId: owner.email, password: owner.password });
}

/** Makes the first call, which gives the cookie for all others. */
async function open(url: string, first: string, who: object): Promise<Rest> {
  let cookie = '';
  const call = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${url}/rest/${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(body && { body: JSON.stringify(body) }),
    });
  const response = await call('POST', first, who);
  cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async (method, path, body) => {
    const answer = await call(method, path, body);
    if (!answer.ok) throw new Error(`n8n refused ${method} ${path}: ${await answer.text()}`);
    return ((await answer.json()) as { data: unknown }).data;
  };
}
