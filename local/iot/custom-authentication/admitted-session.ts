import type { Clock, Timer } from '../../clock.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { CustomVerdict } from './custom-authentication.ts';

type Admitted = Extract<CustomVerdict, { isAuthenticated: true }>;

export interface SessionEndings {
  /** The time that the authorizer gave is over. */
  onExpired(): void;
  /** The authorizer no longer lets the client in, or failed when asked again. */
  onRefused(refused: Extract<CustomVerdict, { isAuthenticated: false }>): void;
}

/** A connection that an authorizer let in: what it may do now, and for how long. */
export class AdmittedSession {
  readonly authorizerName: string;
  readonly principalId: string;
  readonly #clock: Clock;
  readonly #refresh: () => Promise<CustomVerdict>;
  #admission: Admitted['admission'];
  #lifetime: Timer | undefined;
  #nextRefresh: Timer | undefined;
  #isOver = false;

  constructor(clock: Clock, { authorizerName, admission }: Admitted, refresh: () => Promise<CustomVerdict>) {
    this.#clock = clock;
    this.authorizerName = authorizerName;
    this.principalId = admission.principalId;
    this.#admission = admission;
    this.#refresh = refresh;
  }

  /** What the last answer allows. */
  get policies(): readonly PolicyDocument[] {
    return this.#admission.policies;
  }

  /** The lifetime is set once; "this value cannot be modified during subsequent policy refresh" (DG:custom-auth-lambda). */
  begin(endings: SessionEndings): void {
    this.#lifetime = this.#clock.setTimer(() => {
      this.end();
      endings.onExpired();
    }, this.#admission.disconnectAfterSeconds * 1000);
    this.#scheduleRefresh(endings);
  }

  end(): void {
    this.#isOver = true;
    this.#lifetime?.cancel();
    this.#nextRefresh?.cancel();
  }

  #scheduleRefresh(endings: SessionEndings): void {
    this.#nextRefresh = this.#clock.setTimer(() => void this.#askAgain(endings), this.#admission.refreshAfterSeconds * 1000);
  }

  async #askAgain(endings: SessionEndings): Promise<void> {
    const verdict = await this.#refresh();
    if (this.#isOver) return;
    if (!verdict.isAuthenticated) {
      this.end();
      endings.onRefused(verdict);
      return;
    }
    this.#admission = verdict.admission;
    this.#scheduleRefresh(endings);
  }
}
