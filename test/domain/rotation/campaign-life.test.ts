import fc from 'fast-check';
import * as z from 'zod/mini';
import { type Campaign, newCampaign, underWay } from '../../../domain/rotation/campaign.ts';
import { begin, halted, rested, resumed, withAsked, withWaves } from '../../../domain/rotation/campaign-changes.ts';
import { type JobReport, foldCampaign } from '../../../domain/rotation/fold-campaign.ts';
import { isOpenAt } from '../../../domain/rotation/maintenance-window.ts';
import { nextWaves } from '../../../domain/rotation/next-waves.ts';
import { rotationIdOf } from '../../../domain/rotation/rotation-name.ts';
import { type RotationSettings, rotationSettings } from '../../../domain/rotation/rotation-settings.ts';
import type { RotationId } from '../../../domain/rotation/rotation.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const stamp = (at: number) => ({ id: `at-${at}`, at, actor: { kind: 'service', name: 'rotation-planner' } as const });
const settingsOf = (raw: object): RotationSettings => z.parse(rotationSettings, raw);

type Fate = 'succeeds' | 'fails' | 'hangs' | 'is-away';

/** A device that a job asks: when it is told, when it is through, and how that ends. */
interface Asked {
  readonly toldAt: number;
  readonly endsAt: number;
  readonly fate: Fate;
}

interface Run {
  readonly settings: RotationSettings;
  readonly devices: number;
  readonly fates: readonly Fate[];
  /** Minutes between runs, and whether somebody else runs at the same moment. */
  readonly pauses: readonly { readonly minutes: number; readonly isTwice: boolean; readonly isCutOff: boolean }[];
}

/** The cloud, simple as it is: jobs tell devices minute by minute, and devices are through some minutes later. */
class Simulation {
  at = NOON;
  campaign: Campaign = newCampaign(aLine());
  readonly jobs = new Map<RotationId, Asked[]>();
  readonly cancelled = new Map<RotationId, number>();
  readonly asked: { readonly at: number; readonly phase: Campaign['phase'] }[] = [];
  #due: number;
  #fate = 0;
  #named = 0;
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
    this.#due = run.devices;
  }

  /** One run of the planner, as the function does it. */
  plan(isCutOff = false): void {
    const { settings } = this.#run;
    const folded = this.#fold(this.campaign);
    this.campaign = folded.isBad ? this.#fold(halted(folded.campaign, stamp(this.at))).campaign : folded.campaign;
    if (this.campaign.phase === 'idle' && this.#due > 0) this.campaign = begin(this.campaign, settings, this.#due);
    const { orders, askAgainAt } = nextWaves(this.campaign, settings, this.at);
    if (orders.length === 0) return;
    if (this.#due === 0) {
      if (this.campaign.waves.length === 0) this.campaign = rested(this.campaign);
      return;
    }
    const named = orders.map((order) => ({ ...order, id: rotationIdOf('muster', String((this.#named += 1))) }));
    this.campaign = withWaves(this.campaign, named, { askAgainAt, at: this.at, settings });
    if (isCutOff) return;
    const sizes = new Map(named.map(({ id, size, perMinute }) => [id, this.#ask(id, Math.min(size, this.#due), perMinute)]));
    this.campaign = withAsked(this.campaign, sizes, undefined);
  }

  underWayAt(at: number): number {
    const all = [...this.jobs].flatMap(([id, asked]) => asked.map((one) => ({ ...one, over: this.cancelled.get(id) ?? Infinity })));
    return all.filter(({ endsAt, over }) => at < Math.min(endsAt, over)).length;
  }

  #ask(id: RotationId, size: number, perMinute: number): number {
    this.#due -= size;
    const asked = Array.from({ length: size }, (_, index): Asked => {
      const toldAt = this.at + Math.floor(index / perMinute) * MINUTE_MS;
      const fate = this.#run.fates[(this.#fate += 1) % this.#run.fates.length] ?? 'succeeds';
      this.asked.push({ at: toldAt, phase: this.campaign.phase });
      return { toldAt, fate, endsAt: fate === 'succeeds' || fate === 'fails' ? toldAt + 7 * MINUTE_MS : Infinity };
    });
    if (size > 0) this.jobs.set(id, asked);
    return size;
  }

  #fold(campaign: Campaign) {
    const reports = campaign.waves.filter(({ lookAt, until }) => this.at >= lookAt || this.at >= until).map(({ id }) => this.#report(id));
    const folded = foldCampaign(campaign, reports, { settings: this.#run.settings, at: this.at });
    for (const { id } of folded.toCancel) this.cancelled.set(id, this.at);
    return folded;
  }

  #report(id: RotationId): JobReport {
    const asked = this.jobs.get(id);
    const isCancelled = this.cancelled.has(id);
    const count = (fate: Fate) => (asked ?? []).filter((one) => one.fate === fate && one.endsAt <= this.at).length;
    const [succeeded, failed] = [count('succeeds'), count('fails')];
    const inProgress = isCancelled ? 0 : (asked ?? []).filter(({ fate, toldAt }) => fate === 'hangs' && toldAt <= this.at).length;
    const ended = succeeded + failed;
    const isOver = isCancelled || ended === asked?.length;
    return {
      id,
      isThere: asked !== undefined,
      isCancelled,
      isOver,
      succeeded,
      failed,
      inProgress,
      ended: isCancelled ? (asked?.length ?? 0) : ended,
    };
  }
}

const anyWindow = fc.record({ from: fc.constantFrom('08:00', '11:58', '22:00'), until: fc.constantFrom('12:07', '13:00', '02:00') });
const anyRun: fc.Arbitrary<Run> = fc.record({
  settings: fc
    .record({
      perMinute: fc.integer({ min: 1, max: 120 }),
      atOnce: fc.integer({ min: 1, max: 700 }),
      canary: fc.constantFrom(0, 0.01, 0.2, 1),
      abortAbove: fc.constantFrom(0, 0.1, 0.5, 1),
      abortAfter: fc.integer({ min: 1, max: 40 }),
      patienceHours: fc.integer({ min: 1, max: 3 }),
      windows: fc.array(anyWindow, { maxLength: 2 }),
    })
    .map(settingsOf),
  devices: fc.nat(900),
  fates: fc.array(fc.constantFrom<Fate>('succeeds', 'succeeds', 'succeeds', 'fails', 'hangs', 'is-away'), { minLength: 1, maxLength: 20 }),
  pauses: fc.array(fc.record({ minutes: fc.constantFrom(0, 1, 4, 5, 5, 5, 5, 30, 61), isTwice: fc.boolean(), isCutOff: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  }),
});

const played = (run: Run, afterEach: (simulation: Simulation) => void = () => undefined): Simulation => {
  const simulation = new Simulation(run);
  for (const { minutes, isTwice, isCutOff } of run.pauses) {
    simulation.at += minutes * MINUTE_MS;
    simulation.plan(isCutOff);
    // Whoever plans at the same moment reads what the first wrote: else its write is refused.
    if (isTwice) simulation.plan();
    afterEach(simulation);
  }
  return simulation;
};

describe('Whatever devices do, and whenever plans are made', () => {
  test('no more are asked in any minute than may be', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const times = played(run).asked.map(({ at }) => at);
        const inMinute = (from: number) => times.filter((at) => at >= from && at < from + MINUTE_MS).length;
        expect(Math.max(0, ...[...new Set(times)].map(inMinute))).toBeLessThanOrEqual(run.settings.perMinute);
      }),
      { numRuns: 150 },
    );
  });

  test('no more are under way at once than may be, and as many are counted as there are, or more', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        played(run, (simulation) => {
          expect(underWay(simulation.campaign)).toBeLessThanOrEqual(run.settings.atOnce);
          expect(simulation.underWayAt(simulation.at)).toBeLessThanOrEqual(Math.max(underWay(simulation.campaign), 0));
        });
      }),
      { numRuns: 150 },
    );
  });

  test('nobody is asked outside the windows', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        expect(played(run).asked.filter(({ at }) => !isOpenAt(run.settings.windows, at))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('nobody is asked while it is halted', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        let asked: number | undefined;
        played(run, (simulation) => {
          if (simulation.campaign.phase !== 'halted') return;
          asked ??= simulation.asked.length;
          expect(simulation.asked).toHaveLength(asked);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('the canaries go first, and as long as they are not through nobody else does', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        played(run, ({ campaign: { phase, canary, succeeded, failed, ...campaign } }) => {
          if (phase !== 'canary') return;
          expect(underWay(campaign) + succeeded + failed).toBeLessThanOrEqual(canary?.target ?? 0);
        });
      }),
      { numRuns: 150 },
    );
  });
});

describe('A campaign', () => {
  const settings = settingsOf({ canary: 0.1, perMinute: 600, abortAfter: 10, atOnce: 1000 });
  const every = (fates: readonly Fate[], more: Partial<RotationSettings> = {}): Run => ({
    ...{ settings: { ...settings, ...more }, devices: 100, fates },
    pauses: Array.from({ length: 30 }, () => ({ minutes: 5, isTwice: false, isCutOff: false })),
  });

  test('asks a share of what is due, then the rest, and rests', () => {
    const sizes: number[] = [];
    const { campaign } = played(every(['succeeds']), ({ asked }) => sizes.push(asked.length));
    expect([...new Set(sizes)]).toEqual([10, 100]);
    expect(campaign).toMatchObject({ phase: 'idle', waves: [] });
  });

  test('halts when the canaries fail, and asks nobody else', () => {
    const { campaign, asked } = played(every(['fails']));
    expect(campaign).toMatchObject({ phase: 'halted', failed: 10, untold: { code: 'rotation.halted' } });
    expect(asked).toHaveLength(10);
  });

  test('tries as many canaries again where too few failed to tell, before the rest', () => {
    const { asked } = played(every(['fails', 'succeeds', 'succeeds', 'succeeds'], { abortAfter: 1000 }));
    expect(asked.filter(({ phase }) => phase === 'canary').length).toBeGreaterThan(10);
    expect(asked.filter(({ phase }) => phase === 'rolling')).toEqual([]);
  });

  test('counts a device that had begun when its time was over, and none that was away', () => {
    const away = played({ ...every(['is-away'], { patienceHours: 1 }), pauses: every([]).pauses });
    expect(away.campaign).toMatchObject({ phase: 'canary', failed: 0 });
    const hanging = played({ ...every(['hangs'], { patienceHours: 1 }), pauses: every([]).pauses });
    expect(hanging.campaign).toMatchObject({ phase: 'halted', failed: 10 });
  });

  test('begins anew with a few when an operator lets it go on', () => {
    const simulation = played(every(['fails']));
    simulation.campaign = resumed(simulation.campaign, stamp(simulation.at));
    simulation.at += HOUR_MS;
    simulation.plan();
    expect(simulation.campaign).toMatchObject({ phase: 'canary', succeeded: 0, failed: 0 });
    expect(simulation.asked).toHaveLength(19);
  });

  test('cancels every job that is under way when it halts, and leaves to the end who has begun', () => {
    const id = rotationIdOf('muster', '1');
    const rolling: Campaign = { ...newCampaign(aLine()), phase: 'rolling' };
    const asked = withWaves(rolling, [{ id, size: 9, perMinute: 9 }], { askAgainAt: NOON, at: NOON, settings });
    const report: JobReport = {
      ...{ id, isThere: true, isCancelled: false, isOver: false, succeeded: 1, failed: 0, inProgress: 2, ended: 1 },
    };
    const stopped = halted(asked, stamp(NOON + 1));
    expect(foldCampaign(stopped, [report], { settings, at: NOON + 1 }).toCancel).toEqual([{ id, isForced: false }]);
    expect(foldCampaign(asked, [report], { settings, at: NOON + 1 }).toCancel).toEqual([]);
    expect(foldCampaign(asked, [report], { settings, at: NOON + 25 * HOUR_MS })).toMatchObject({
      toCancel: [{ id, isForced: true }],
      campaign: { waves: [], failed: 2, succeeded: 1 },
    });
  });

  test('drops a wave that never had a job, once whoever planned it cannot be at it any more', () => {
    const id = rotationIdOf('muster', '1');
    const asked = withWaves({ ...newCampaign(aLine()), phase: 'rolling' }, [{ id, size: 9, perMinute: 9 }], {
      ...{ askAgainAt: NOON, at: NOON, settings },
    });
    const none: JobReport = {
      ...{ id, isThere: false, isCancelled: false, isOver: false, succeeded: 0, failed: 0, inProgress: 0, ended: 0 },
    };
    const later = (minutes: number) => foldCampaign(asked, [none], { settings, at: NOON + minutes * MINUTE_MS }).campaign.waves.length;
    expect([later(5), later(15)]).toEqual([1, 0]);
  });
});
