/**
 * Does the work of a process that was started to measure one thing, and ends it: its last line is the answer.
 * @param work is given what the one argument says, as JSON.
 */
export function answer<Args>(work: (args: Args) => object | Promise<object>): void {
  const args = JSON.parse(process.argv[2] ?? '{}') as Args;
  // An error ends the process with its stack and status 1, as any that nobody catches.
  void Promise.resolve(work(args)).then((result) => {
    process.stdout.write(`\n${JSON.stringify(result)}\n`);
    process.exit();
  });
}
