import { RecentMap } from './recent-map.ts';
import { type Happenings, hasRoom } from './sliding-bound.ts';
import { DAY_MS } from '../../domain/duration.ts';

/** How many judged refusals an instance of an authorizer gives in any minute, at the most. */
export const bounds = {
  /** To one who names a device that was not let in here. */
  perStranger: 10,
  /** To one who names a device that was let in here: who else knows its name must not keep it out so soon. */
  perKnownDevice: 30,
  /** To all who name devices that were not let in here, together. */
  allStrangers: 100,
} as const;

/** How many devices are remembered, of those refused and of those let in. */
export const REMEMBERED = 4_096;
/** The longest that AWS IoT keeps a connection: a device that was let in longer ago is a stranger again. */
export const KNOWN_FOR_MS = DAY_MS;

/**
 * Bounds what refusals cost: beyond it nobody is judged, so that a flood of forged connections asks AWS for little. Devices
 * that were let in are not held to the bound of strangers, so that a flood of these does not keep the fleet out. Each instance
 * counts for itself, in memory: a count that all shared would itself be a request for each.
 */
export class RefusalBudget {
  readonly #refused = new RecentMap<Happenings>(REMEMBERED);
  readonly #letIn = new RecentMap<number>(REMEMBERED);
  readonly #strangers: Happenings = [];

  /** Whether one who names this device may be judged. @param at milliseconds since the epoch */
  isOpen(device: string, at: number): boolean {
    const isKnown = this.#isKnown(device, at);
    const bound = isKnown ? bounds.perKnownDevice : bounds.perStranger;
    if (!hasRoom(this.#refused.get(device) ?? [], { at, bound })) return false;
    return isKnown || hasRoom(this.#strangers, { at, bound: bounds.allStrangers });
  }

  refused(device: string, at: number): void {
    if (!this.#isKnown(device, at)) this.#strangers.push(at);
    this.#refused.set(device, [...(this.#refused.get(device) ?? []), at]);
  }

  letIn(device: string, at: number): void {
    this.#letIn.set(device, at);
  }

  #isKnown(device: string, at: number): boolean {
    const since = this.#letIn.get(device);
    return since !== undefined && at - since < KNOWN_FOR_MS;
  }
}
