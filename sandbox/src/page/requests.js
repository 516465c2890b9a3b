/**
 * Reads a control route.
 * @throws Error with the sandbox's own sentence when it refuses
 */
export function read(path) {
  return request('GET', path);
}

/**
 * Changes something by a control route.
 * @throws Error with the sandbox's own sentence when it refuses
 */
export function change(method, path, body) {
  return request(method, path, body);
}

async function request(method, path, body) {
  const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/_sandbox/${path}`, { method, ...sent });
  if (!response.ok) throw new Error((await response.json()).error);
  return response.status === 204 ? undefined : response.json();
}

/** A function that does `work` once more for any number of calls that come while it is being done. */
export function coalesced(work) {
  let running;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = run().finally(() => (running = undefined));
    return running;
  };
}
