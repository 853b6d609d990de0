import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Caller } from '../gateway/api-service.ts';
import type { CallerDirectory, KeyLookup } from '../gateway/caller-directory.ts';
import { uniqueId } from '../iam/unique-id.ts';

/** Credentials of a session, as AssumeRole returns them. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

interface StoredKey {
  readonly secretAccessKey: string;
  readonly caller: Caller;
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

  createLongLived(accountId: string, arn: string): { readonly accessKeyId: string; readonly secretAccessKey: string } {
    const accessKeyId = uniqueId('AKIA');
    const secretAccessKey = randomBytes(30).toString('base64');
    this.#keys.set(accessKeyId, { secretAccessKey, caller: { accountId, accessKeyId, arn } });
    return { accessKeyId, secretAccessKey };
  }

  createTemporary(session: { readonly accountId: string; readonly arn: string; readonly durationSeconds: number }): TemporaryCredentials {
    this.#forgetExpired();
    const accessKeyId = uniqueId('ASIA');
    const secretAccessKey = randomBytes(30).toString('base64');
    const sessionToken = randomBytes(96).toString('base64');
    const expiresAtMs = this.#clock.now() + session.durationSeconds * 1000;
    const caller = { accountId: session.accountId, accessKeyId, arn: session.arn };
    this.#keys.set(accessKeyId, { secretAccessKey, caller, sessionToken, expiresAtMs });
    return { accessKeyId, secretAccessKey, sessionToken, expiresAtMs };
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
