import type { Timer } from '../../clock.ts';
import { nameInArn } from '../registry/resource-name.ts';
import { ConnectionCounts } from './connection-counts.ts';
import type { DefenderPorts } from './defender-ports.ts';
import { isUsual, type SecurityProfile, type UsualBehavior } from './security-profile.ts';

/** A thing that does not behave as its profile says. */
export interface Violation {
  readonly violationId: string;
  readonly profile: string;
  readonly behavior: UsualBehavior;
  readonly thingName: string;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly lastAt: number;
}

/** Device Defender developer guide, "Cloud-side metrics": evaluated every five minutes. */
const periodMs = 300_000;

interface Standing {
  readonly usual: number;
  readonly unusual: number;
}

/** Compares things with the security profiles of their groups. */
export class Detection {
  readonly counts = new ConnectionCounts();
  readonly profiles = new Map<string, SecurityProfile>();
  readonly #ports: DefenderPorts;
  readonly #violations = new Map<string, Violation>();
  readonly #standings = new Map<string, Standing>();
  #timer: Timer | undefined;

  constructor(ports: DefenderPorts) {
    this.#ports = ports;
  }

  violations(): readonly Violation[] {
    return [...this.#violations.values()];
  }

  /** Takes in a new or changed profile; a violation of what it no longer says is over. */
  set(profile: SecurityProfile): void {
    this.profiles.set(profile.name, profile);
    this.#follow();
  }

  delete(name: string): void {
    this.profiles.delete(name);
    for (const [key, { profile }] of this.#violations) if (profile === name) this.#violations.delete(key);
    this.#follow();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #follow(): void {
    this.counts.isOn = [...this.profiles.values()].some(({ targets }) => targets.length > 0);
    if (!this.counts.isOn) this.stop();
    else this.#timer ??= this.#wait();
  }

  #wait(): Timer {
    return this.#ports.clock.setTimer(() => {
      this.#timer = this.#wait();
      for (const profile of this.profiles.values()) this.#judgeProfile(profile);
    }, periodMs);
  }

  #judgeProfile(profile: SecurityProfile): void {
    const { registry } = this.#ports;
    const groups = profile.targets.flatMap((arn) => nameInArn(registry, 'thinggroup', arn) ?? []);
    const things = new Set(groups.flatMap((group) => registry.groupMemberships.leftsOf(group)));
    for (const thingName of things) for (const behavior of profile.behaviors) this.#judge(profile, behavior, thingName);
  }

  #judge(profile: SecurityProfile, behavior: UsualBehavior, thingName: string): void {
    const now = this.#ports.clock.now();
    const key = JSON.stringify([profile.name, behavior.name, thingName]);
    const count = this.counts.countOf(behavior.metric, thingName, now - behavior.durationSeconds * 1000);
    const before = this.#standings.get(key) ?? { usual: 0, unusual: 0 };
    const standing = isUsual(behavior, count) ? { usual: before.usual + 1, unusual: 0 } : { usual: 0, unusual: before.unusual + 1 };
    this.#standings.set(key, standing);
    const open = this.#violations.get(key);
    if (open === undefined && standing.unusual >= behavior.datapointsToAlarm) {
      const violationId = this.#ports.registry.newId().replaceAll('-', '');
      const violation = { violationId, profile: profile.name, behavior, thingName, count, since: now, lastAt: now };
      this.#violations.set(key, violation);
      this.#alert(profile, violation, 'in-alarm');
    } else if (open !== undefined && standing.usual >= behavior.datapointsToClear) {
      this.#violations.delete(key);
      this.#alert(profile, { ...open, count, lastAt: now }, 'alarm-cleared');
    } else if (open !== undefined) this.#violations.set(key, { ...open, count, lastAt: now });
  }

  #alert({ alertTargets }: SecurityProfile, violation: Violation, violationEventType: 'in-alarm' | 'alarm-cleared'): void {
    const { roles, notifications } = this.#ports;
    const { alertTargetArn: targetArn, roleArn } = alertTargets?.SNS ?? {};
    if (targetArn === undefined || roleArn === undefined || violation.behavior.isSilent) return;
    const { violationId, profile: securityProfileName, behavior, thingName, count, lastAt } = violation;
    const message = JSON.stringify({
      ...{ violationEventTime: lastAt, violationEventType, violationId, thingName, securityProfileName },
      ...{ behavior: behavior.asGiven, metricValue: { count } },
    });
    roles.work(roleArn, async () => notifications?.publish({ targetArn, message })).catch(() => undefined);
  }
}
