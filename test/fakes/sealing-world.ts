import { hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { acceptEvent } from '../../domain/audit/accepted-event.ts';
import type { ArchiveKeeper, KeptObject } from '../../domain/audit/archive-keeper.ts';
import type { AuditCounts } from '../../domain/audit/audit-metrics.ts';
import { type StagedBatches, stagedKeyOf } from '../../domain/audit/staging.ts';
import { createAuditSealing } from '../../lambdas/audit-sealing/audit-sealing.ts';
import { RecentlySealed } from '../../lambdas/audit-sealing/recently-sealed.ts';
import { NOON, anEvent } from '../builders/enrollment.ts';
import { type StoredVersion, aSealKey } from '../builders/sealed-archive.ts';
import { recordedFaultLog } from './recorded-fault-log.ts';

/** The power failed. */
export class PowerCut extends Error {}

/** Where the power fails: at which of the requests that change something or ask, before it is done or before its answer is heard. */
export interface Cut {
  readonly at: number;
  readonly when: 'before' | 'after';
}

type Kept = StoredVersion & Pick<KeptObject, 'period'>;

/** Buckets, a key and a clock, in memory; sealing runs over them, and its power can be cut at every request. */
export class SealingWorld {
  now = NOON;
  readonly staged = new Map<string, { readonly bytes: Uint8Array; readonly storedAt: number }>();
  /** Newest first of each key, as S3 lists them. */
  readonly versions: Kept[] = [];
  readonly told: AuditCounts[] = [];
  readonly faultLog = recordedFaultLog();
  readonly key = aSealKey();
  /** Copies of seals by their numbers; undefined where the other bucket takes none. */
  published: Map<number, string> | undefined = new Map();
  requests = 0;
  #cut: Cut | undefined;
  #written = 0;

  /** Events arrive as one batch. */
  stage(...ids: readonly string[]): string {
    const text = ids.map((id) => `${acceptEvent({ ...anEvent({ id, at: this.now }) })?.line ?? ''}\n`).join('');
    const key = stagedKeyOf(this.now, hash('sha256', text));
    this.staged.set(key, { bytes: gzipSync(text), storedAt: this.now });
    return key;
  }

  /** A function that knows nothing of runs before it. */
  async run(cut?: Cut): Promise<void> {
    this.#cut = cut;
    this.requests = 0;
    await this.aFunction()();
  }

  aFunction(): () => Promise<void> {
    const archive = this.#archive();
    const { signer } = this.key;
    return createAuditSealing({
      ...{ archive, staging: this.#staging(), recent: new RecentlySealed(archive), faults: this.faultLog, periodMs: 900_000 },
      signer: { keyId: signer.keyId, sign: (message) => this.#request(() => signer.sign(message)) },
      witness: {
        keep: (sequence, seal) => {
          this.published?.set(sequence, Buffer.from(seal).toString());
          return this.published === undefined ? Promise.reject(new Error('Access denied.')) : Promise.resolve();
        },
      },
      gauge: { tell: (counts) => void this.told.push(counts) },
      clock: { now: () => this.now },
    });
  }

  /** The ids of all events that are in the archive, by period. */
  get archived(): readonly (readonly string[])[] {
    return this.versions
      .filter(({ key }) => key.startsWith('events/'))
      .toSorted((one, other) => (one.key < other.key ? -1 : 1))
      .map(({ bytes }) =>
        [
          ...gunzipSync(bytes ?? '')
            .toString()
            .matchAll(/"id":"([^"]+)"/g),
        ].map(([, id = '']) => id),
      );
  }

  async #request<Answer>(perform: () => Answer | Promise<Answer>): Promise<Answer> {
    this.requests += 1;
    const isCut = this.#cut?.at === this.requests;
    if (isCut && this.#cut?.when === 'before') throw new PowerCut();
    const answer = await perform();
    if (isCut) throw new PowerCut();
    return answer;
  }

  #staging(): StagedBatches {
    return {
      list: () => this.#request(() => [...this.staged].map(([key, { bytes, storedAt }]) => ({ key, storedAt, bytes: bytes.length }))),
      read: (key) => this.#request(() => this.staged.get(key)?.bytes),
      remove: (keys) =>
        this.#request(() => {
          keys.forEach((key) => this.staged.delete(key));
        }),
    };
  }

  #archive(): ArchiveKeeper {
    const current = (key: string) => this.versions.find((version) => version.key === key);
    return {
      isThere: (key) => this.#request(() => current(key)?.bytes !== undefined),
      read: (key, versionId) =>
        this.#request(() => (versionId === undefined ? current(key) : this.versions.find((one) => one.versionId === versionId))?.bytes),
      first: (prefix) => this.#request(() => this.#oldest(prefix)),
      put: ({ key, bytes, period }) =>
        this.#request(() => {
          if (current(key)?.bytes !== undefined) return undefined;
          const versionId = `v${this.#written++}`;
          this.versions.unshift({ key, versionId, bytes: Buffer.from(bytes), period });
          return versionId;
        }),
    };
  }

  #oldest(prefix: string): KeptObject | undefined {
    const under = this.versions.filter(({ key, bytes }) => key.startsWith(prefix) && bytes !== undefined);
    const [first] = under.map(({ key }) => key).toSorted();
    const oldest = under.findLast(({ key }) => key === first);
    return oldest === undefined ? undefined : { ...oldest, bytes: oldest.bytes ?? Buffer.alloc(0) };
  }
}
