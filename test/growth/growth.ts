import assert from 'node:assert/strict';

/** How much larger each input is than the one before. Time that grows with the square of it is then 16 times as long. */
const larger = 4;

/** So many times as long is still in proportion, on a machine with other work to do. */
const most = 8;

/** CPU time in milliseconds that says nothing: a collection of garbage may take as long. */
const floor = 30;

/** A single slow run may be noise; slow code is slow every time. */
const rounds = 5;

/**
 * Fails if work takes more time than in proportion to its input. It is CPU time of this process, which hardly depends on
 * what else the machine does. What is very slow fails at a small size, where it still ends soon.
 * @param size of the largest input.
 * @param make an input of a size.
 */
export async function assertInProportion<Input>(
  size: number,
  make: (size: number) => Input,
  work: (input: Input) => unknown,
): Promise<void> {
  let before = Infinity;
  let measureBefore = () => Promise.resolve(0);
  for (let part = size / larger ** 3; part <= size; part *= larger) {
    const input = make(Math.ceil(part));
    let limit = most * Math.max(before, floor);
    const times = [await cpuTime(() => work(input))];
    while (Math.min(...times) >= limit && times.length < rounds) {
      // What slows the machine down now may not have done so when the smaller input was measured.
      limit = Math.max(limit, most * (await measureBefore()));
      times.push(await cpuTime(() => work(input)));
    }
    before = Math.min(...times);
    measureBefore = () => cpuTime(() => work(input));
    assert.ok(
      before < limit,
      `An input of ${part} took ${times.join(', ')} ms, and must take less than ${limit} ms`,
    );
  }
}

async function cpuTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
}
