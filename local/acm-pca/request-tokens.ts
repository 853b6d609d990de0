import type { Clock } from '../clock.ts';

/** API reference, IssueCertificate and CreateCertificateAuthority: tokens time out after five minutes. */
const windowMs = 5 * 60_000;

/** What was answered to requests with an idempotency token. */
export class RequestTokens {
  readonly #clock: Clock;
  readonly #answers = new Map<string, { readonly answer: string; readonly untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(token: string | undefined): string | undefined {
    for (const [known, { untilMs }] of this.#answers) if (untilMs <= this.#clock.now()) this.#answers.delete(known);
    return token === undefined ? undefined : this.#answers.get(token)?.answer;
  }

  remember(token: string | undefined, answer: string): void {
    if (token !== undefined) this.#answers.set(token, { answer, untilMs: this.#clock.now() + windowMs });
  }
}
