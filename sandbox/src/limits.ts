const windowLength = 60_000;

/** Counts the requests of each SMTP user over the last minute. */
export class RateLimit {
  readonly #taken = new Map<string, number[]>();

  /** @param perMinute how many requests one SMTP user may make in a minute; undefined for any number. */
  constructor(readonly perMinute: number | undefined) {}

  /** Whether one more request of this user is within the limit; if so, it is counted. */
  admits(smtpUser: string, now = Date.now()): boolean {
    if (this.perMinute === undefined) return true;
    const recent = (this.#taken.get(smtpUser) ?? []).filter((time) => time > now - windowLength);
    const admitted = recent.length < this.perMinute;
    this.#taken.set(smtpUser, admitted ? [...recent, now] : recent);
    return admitted;
  }
}
