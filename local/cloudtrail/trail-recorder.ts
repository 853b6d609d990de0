import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock, Timer } from '../clock.ts';
import type { ServiceEvent } from '../eventbridge/bus-event.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import type { WatchedCall } from '../iam/access/call-watch.ts';
import { deliverDigest } from './delivery/digest-file.ts';
import type { DigestKey } from './delivery/digest-key.ts';
import { deliverLogFile } from './delivery/log-file.ts';
import type { TrailBuckets } from './delivery/trail-bucket.ts';
import type { EventHistory } from './event-history.ts';
import type { EventRecord } from './record/event-record.ts';
import { eventRecordOf } from './record/event-record.ts';
import { isManagementEvent } from './record/management-events.ts';
import type { Trail } from './trail.ts';
import { records } from './trail.ts';

export interface RecorderPorts {
  readonly account: Account;
  readonly clock: Clock;
  readonly access: AccessControl;
  readonly buckets: TrailBuckets;
  readonly key: DigestKey;
  readonly history: EventHistory;
  /** Says something on the default event bus. */
  readonly publish: (event: ServiceEvent) => void;
}

/** CloudTrail User Guide, "How CloudTrail works": a file about every five minutes, a digest every hour. */
const filesEveryMs = 5 * 60_000;
const digestsEveryMs = 3_600_000;

/** EventBridge hears of a call within seconds. */
const publishAfterMs = 2000;

const busEvent = ({ atMs, eventSource, json }: EventRecord): ServiceEvent => ({
  ...{ source: `aws.${eventSource.split('.')[0] ?? ''}`, detailType: 'AWS API Call via CloudTrail', atMs, resources: [], detail: json },
});

interface Timers {
  files?: Timer | undefined;
  digest?: Timer;
}

/** Records calls while a trail logs, and delivers the records. While none does it listens to nobody. */
export class TrailRecorder {
  readonly #ports: RecorderPorts;
  readonly #logging = new Map<Trail, Timers>();
  #unpublished: EventRecord[] = [];

  constructor(ports: RecorderPorts) {
    this.#ports = ports;
  }

  start(trail: Trail): void {
    if (this.#logging.has(trail)) return;
    const { clock, access } = this.#ports;
    trail.isLogging = true;
    trail.progress.startedAt = clock.now();
    const timers: Timers = {};
    this.#logging.set(trail, timers);
    this.#waitForDigest(trail, timers);
    access.watch.tell = (call) => {
      this.#record(call);
    };
  }

  /** The last file and digest are written at once. */
  stop(trail: Trail): void {
    if (!this.#logging.has(trail)) return;
    trail.isLogging = false;
    trail.progress.stoppedAt = this.#ports.clock.now();
    this.#deliverFile(trail);
    this.#deliverDigest(trail);
    this.#forget(trail);
  }

  /** Nothing is recorded or delivered any more. */
  stopAll(): void {
    for (const trail of this.#logging.keys()) this.#forget(trail);
  }

  #forget(trail: Trail): void {
    const timers = this.#logging.get(trail);
    timers?.files?.cancel();
    timers?.digest?.cancel();
    this.#logging.delete(trail);
    if (this.#logging.size === 0) this.#ports.access.watch.tell = undefined;
  }

  #record(call: WatchedCall): void {
    if (!isManagementEvent(call.service, call.operation)) return;
    const { account, access, clock, history } = this.#ports;
    const userId = typeof call.caller === 'string' ? '' : access.userIdOf(call.caller);
    const event = eventRecordOf(call, { account, atMs: clock.now(), userId });
    history.add(event);
    const recording = [...this.#logging].filter(([trail]) => records(trail, event));
    for (const [trail, timers] of recording) {
      trail.pending.push(event);
      this.#waitForFile(trail, timers);
    }
    if (recording.length > 0) this.#publishSoon(event);
  }

  #publishSoon(event: EventRecord): void {
    this.#unpublished.push(event);
    if (this.#unpublished.length > 1) return;
    this.#ports.clock.setTimer(() => {
      const events = this.#unpublished;
      this.#unpublished = [];
      for (const one of events) this.#ports.publish(busEvent(one));
    }, publishAfterMs);
  }

  #waitForFile(trail: Trail, timers: Timers): void {
    timers.files ??= this.#ports.clock.setTimer(() => {
      timers.files = undefined;
      this.#deliverFile(trail);
      // What was refused is offered again.
      if (trail.pending.length > 0) this.#waitForFile(trail, timers);
    }, filesEveryMs);
  }

  #waitForDigest(trail: Trail, timers: Timers): void {
    timers.digest = this.#ports.clock.setTimer(() => {
      this.#waitForDigest(trail, timers);
      this.#deliverDigest(trail);
    }, digestsEveryMs);
  }

  #deliverFile(trail: Trail): void {
    if (trail.pending.length === 0) return;
    const nowMs = this.#ports.clock.now();
    trail.progress.deliveryError = refusalOf(() => {
      const file = deliverLogFile({ ...this.#ports, nowMs }, trail, trail.pending);
      trail.pending = [];
      trail.progress.deliveredAt = nowMs;
      if (trail.settings.validatesFiles) trail.files.push(file);
    });
  }

  #deliverDigest(trail: Trail): void {
    if (!trail.settings.validatesFiles) return;
    const endMs = this.#ports.clock.now();
    const startMs = trail.previousDigest?.endMs ?? trail.progress.startedAt ?? endMs;
    trail.progress.digestError = refusalOf(() => {
      deliverDigest(this.#ports, trail, { startMs, endMs });
      trail.progress.digestAt = endMs;
    });
  }
}

/** The code with which the bucket refuses, if it does. */
const refusalOf = (deliver: () => void): string | undefined => {
  try {
    deliver();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown.code;
    throw thrown;
  }
};
