/** A control request that cannot be done; its message is one sentence for the one who made it. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly statusCode = 400,
  ) {
    super(message);
  }
}
