const depth = 100_000;

const around: readonly [before: string, after: string][] = [
  ['[', ']'],
  ['{"a":', '}'],
  ['[{"email":', '}]'],
  ['[{"name":"a","value":', '}]'],
];

/** Lists and objects that are nested too deeply for functions that call themselves, also as JSON text. */
export const nestings: readonly unknown[] = around.flatMap(([before, after]) => {
  const json = `${before.repeat(depth)}1${after.repeat(depth)}`;
  return [JSON.parse(json) as unknown, json];
});
