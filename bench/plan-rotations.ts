// Plans the rotation of as many devices as it is told, over tables and jobs that answer at once, until all were asked and are through.
// Prints its peak resident memory in MiB, how many requests AWS had from it, and how many devices were asked.
import * as z from 'zod/mini';
import { keepHeapSmall } from '../cli/small-heap.ts';
import type { Enrollment } from '../domain/enrollment.ts';
import { lineName, tenantName } from '../domain/identifiers.ts';
import type { Campaign } from '../domain/rotation/campaign.ts';
import type { DueRotation } from '../domain/rotation/planning-ports.ts';
import { rotationIdOf } from '../domain/rotation/rotation-name.ts';
import { rotationSettings } from '../domain/rotation/rotation-settings.ts';
import type { RotationId } from '../domain/rotation/rotation.ts';
import { serialNumber } from '../domain/serial-number.ts';
import { thingNameOf } from '../domain/thing-name.ts';
import type { Planner } from '../lambdas/rotation-planner/planner.ts';
import { createRotationPlanner } from '../lambdas/rotation-planner/rotation-planner.ts';

const RUN_MS = 300_000;
const line = z.parse(lineName, 'sensor');
const tenant = z.parse(tenantName, 'acme');

const serialOf = (index: number) => z.parse(serialNumber, `ROTATES-${index}`);
const thingOf = (index: number) => thingNameOf('muster', line, serialOf(index));
const indexOf = (thing: string): number => Number(thing.split('-').at(-1));

const enrollmentOf = (index: number): Enrollment => ({
  ...{ line, tenant, serialNumber: serialOf(index), thingName: thingOf(index), approach: 'psk', requirement: {} },
  ...{ state: 'active', version: 1, certificates: [], toRetire: [], credentialSince: index, rotateAt: index },
  lastEvent: { schemaVersion: 1, id: `event-${index}`, at: index, code: 'device.activated', actor: { kind: 'device' } },
});

/** Devices in the order of when they are due; whoever was asked has left the list. */
class Fleet {
  requests = 0;
  asked = 0;
  readonly #count: number;
  #campaign: Campaign | undefined;
  readonly #jobs = new Map<RotationId, number>();
  #jobsMade = 0;

  constructor(count: number) {
    this.#count = count;
  }

  get isDone(): boolean {
    return this.asked === this.#count && this.#campaign?.phase === 'idle';
  }

  ports(): Pick<Planner, 'store' | 'due' | 'campaigns' | 'jobs' | 'newId'> {
    return {
      store: {
        readMany: (things) => this.#after(() => things.map((thing) => enrollmentOf(indexOf(thing)))),
        replace: () => this.#after(() => ((this.asked += 1), 'written')),
      },
      due: {
        list: ({ after }, limit) => this.#after(() => this.#page(after === undefined ? this.asked : indexOf(after.thing) + 1, limit)),
        count: () => this.#after(() => this.#count - this.asked),
        setDue: () => this.#after(() => undefined),
      },
      campaigns: {
        read: () => this.#after(() => this.#campaign),
        write: (next) => this.#after(() => ((this.#campaign = next), 'written')),
      },
      jobs: {
        create: ({ id, things }) => this.#after(() => void this.#jobs.set(id, things.length)),
        report: (id) => this.#after(() => this.#reportOf(id)),
        cancel: () => this.#after(() => undefined),
      },
      newId: () => rotationIdOf('muster', String((this.#jobsMade += 1))),
    };
  }

  // As DynamoDB does, of which a page that is full says where the next begins.
  #page(start: number, limit: number) {
    const end = Math.min(this.#count, start + limit);
    const rows = Array.from({ length: end - start }, (_, row): DueRotation => ({ thing: thingOf(start + row), rotateAt: start + row }));
    const last = rows.at(-1);
    return end < this.#count && last !== undefined ? { rows, next: last } : { rows };
  }

  // Everybody is through by the next run: a job is told of once.
  #reportOf(id: RotationId) {
    const succeeded = this.#jobs.get(id) ?? 0;
    this.#jobs.delete(id);
    return { id, isThere: true, isCancelled: false, isOver: true, succeeded, failed: 0, inProgress: 0, ended: succeeded };
  }

  #after<Answer>(answer: () => Answer): Promise<Answer> {
    this.requests += 1;
    return Promise.resolve(answer());
  }
}

keepHeapSmall();
const fleet = new Fleet(Number(process.argv[2]));
let now = Date.UTC(2026, 0, 1);
const run = createRotationPlanner({
  rotations: [{ line, settings: z.parse(rotationSettings, { perMinute: 600, atOnce: 10_000 }) }],
  ...fleet.ports(),
  hasNext: () => true,
  audit: { emit: () => undefined },
  gauge: { tell: () => undefined },
  faults: {
    report: (fault) => {
      throw fault;
    },
  },
  clock: { now: () => now },
});
while (!fleet.isDone) {
  await run();
  now += RUN_MS;
}
const { requests, asked } = fleet;
process.stdout.write(JSON.stringify({ peakMib: process.resourceUsage().maxRSS / 1024, requests, asked }));
