import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Caller, CallerSession } from '../gateway/api-service.ts';
import type { CallerDirectory, KeyLookup } from '../gateway/caller-directory.ts';
import { uniqueId } from '../iam/unique-id.ts';

/** Credentials of a session, as AssumeRole returns them. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

export interface NewSession {
  readonly accountId: string;
  readonly arn: string;
  readonly durationSeconds: number;
  readonly session: Omit<CallerSession, 'issuedAtMs'>;
}

interface LongLivedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface StoredKey {
  readonly secretAccessKey: string;
  readonly caller: Caller;
  readonly createdAtMs: number;
  readonly sessionToken?: string;
  readonly expiresAtMs?: number;
}

/** Every access key that the account knows: long-lived ones and those of sessions. */
export class AccessKeys implements CallerDirectory {
  readonly #clock: Clock;
  readonly #keys = new Map<string, StoredKey>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `known`: a key that its owner has already. */
  createLongLived(accountId: string, arn: string, known?: LongLivedKey): LongLivedKey {
    const { accessKeyId, secretAccessKey } = known ?? {
      accessKeyId: uniqueId('AKIA'),
      secretAccessKey: randomBytes(30).toString('base64'),
    };
    this.#keys.set(accessKeyId, { secretAccessKey, caller: { accountId, accessKeyId, arn }, createdAtMs: this.#clock.now() });
    return { accessKeyId, secretAccessKey };
  }

  longLivedOf(arn: string): readonly { readonly accessKeyId: string; readonly createdAtMs: number }[] {
    return [...this.#keys]
      .filter(([, { caller, sessionToken }]) => caller.arn === arn && sessionToken === undefined)
      .map(([accessKeyId, { createdAtMs }]) => ({ accessKeyId, createdAtMs }));
  }

  deleteLongLived(accessKeyId: string): void {
    this.#keys.delete(accessKeyId);
  }

  createTemporary(wanted: NewSession): { readonly credentials: TemporaryCredentials; readonly caller: Caller } {
    this.#forgetExpired();
    const accessKeyId = uniqueId('ASIA');
    const secretAccessKey = randomBytes(30).toString('base64');
    const sessionToken = randomBytes(96).toString('base64');
    const nowMs = this.#clock.now();
    const expiresAtMs = nowMs + wanted.durationSeconds * 1000;
    const caller = { accountId: wanted.accountId, accessKeyId, arn: wanted.arn, session: { ...wanted.session, issuedAtMs: nowMs } };
    this.#keys.set(accessKeyId, { secretAccessKey, caller, sessionToken, expiresAtMs, createdAtMs: nowMs });
    return { credentials: { accessKeyId, secretAccessKey, sessionToken, expiresAtMs }, caller };
  }

  find(accessKeyId: string, sessionToken: string | undefined): KeyLookup {
    const key = this.#keys.get(accessKeyId);
    if (key?.sessionToken !== sessionToken || key === undefined) return { isKnown: false, reason: 'unknown' };
    if (key.expiresAtMs !== undefined && key.expiresAtMs <= this.#clock.now()) return { isKnown: false, reason: 'expired' };
    return { isKnown: true, caller: key.caller, secretAccessKey: key.secretAccessKey };
  }

  /** Sessions stay recognisable as expired for an hour, then they are unknown: memory is bounded by the rate of sessions. */
  #forgetExpired(): void {
    const limit = this.#clock.now() - 3_600_000;
    for (const [id, { expiresAtMs }] of this.#keys) if (expiresAtMs !== undefined && expiresAtMs < limit) this.#keys.delete(id);
  }
}
