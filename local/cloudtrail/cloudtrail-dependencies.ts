import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { DigestKey } from './delivery/digest-key.ts';
import type { TrailBuckets } from './delivery/trail-bucket.ts';
import type { EventHistory } from './event-history.ts';
import type { TrailRecorder } from './trail-recorder.ts';
import type { TrailStore } from './trail-store.ts';

/** What CloudTrail's operations work on. */
export interface CloudTrailDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly trails: TrailStore;
  readonly recorder: TrailRecorder;
  readonly buckets: TrailBuckets;
  readonly history: EventHistory;
  readonly key: DigestKey;
}
