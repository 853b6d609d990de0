import type { PerMinute } from '../../../domain/audit/completeness.ts';
import type { AuditCounts } from '../../../domain/audit/audit-metrics.ts';
import { type BalanceSheet, type Loss, emptySheet, losses } from '../../../domain/audit/loss.ts';
import { HOUR_MS, MINUTE_MS } from '../../../domain/duration.ts';
import { createAuditCompleteness } from '../../../lambdas/audit-completeness/audit-completeness.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';

const START = Date.UTC(2026, 0, 1);

type Both = Readonly<Record<'expected' | 'found', Map<number, number>>>;

const aBench = () => {
  const kept: { sheet?: BalanceSheet } = {};
  const clock = { at: START, now: () => clock.at };
  const audit = recordedAuditLog();
  const counted: Readonly<Record<Loss, Both>> = {
    decisions: { expected: new Map(), found: new Map() },
    events: { expected: new Map(), found: new Map() },
  };
  const spans: object[] = [];
  const within = (counts: PerMinute, from: number, until: number) => new Map([...counts].filter(([at]) => at >= from && at < until));
  const counts = {
    between: ({ from, until }: { readonly from: number; readonly until: number }) => {
      spans.push({ from, until });
      const of = ({ expected, found }: Both) => ({ expected: within(expected, from, until), found: within(found, from, until) });
      return Promise.resolve({ decisions: of(counted.decisions), events: of(counted.events) });
    },
  };
  const balances = {
    isBroken: false,
    read: () => Promise.resolve(kept.sheet),
    write: (sheet: BalanceSheet) => {
      if (balances.isBroken) return Promise.reject(new Error('S3 is away'));
      kept.sheet = sheet;
      return Promise.resolve();
    },
  };
  const told: AuditCounts[] = [];
  const gauge = { tell: (some: AuditCounts) => void told.push(some) };
  const run = createAuditCompleteness({ balances, counts, audit, gauge, clock });
  return { run, told, clock, audit, counted, kept, balances, spans };
};

type Bench = ReturnType<typeof aBench>;

/** Begins, and lets time go by in which so many of each were expected and found. */
const after = async (hours: number, { run, clock, counted }: Bench, some: Readonly<Partial<Record<Loss, readonly [number, number]>>>) => {
  await run();
  for (const loss of losses) {
    const [expected, found] = some[loss] ?? [0, 0];
    counted[loss].expected.set(START + MINUTE_MS, expected);
    counted[loss].found.set(START + MINUTE_MS, found);
  }
  clock.at = START + hours * HOUR_MS;
};

describe('The comparison of counts', () => {
  test('begins with nothing owed, and looks at nothing that was before', async () => {
    const bench = aBench();
    bench.clock.at = START + 12_345;
    await bench.run();
    expect([bench.kept.sheet, bench.spans, bench.audit.events]).toEqual([emptySheet(START), [], []]);
  });

  test('puts nothing on record while as many are found as are expected', async () => {
    const bench = aBench();
    await after(24, bench, { decisions: [300, 300], events: [4000, 4000] });
    await bench.run();
    expect(bench.audit.events).toEqual([]);
  });

  test('puts on record how many of which are lost, and since when, and owes them no more', async () => {
    const bench = aBench();
    await after(8, bench, { decisions: [300, 298], events: [4000, 3999] });
    await bench.run();
    const told = { at: bench.clock.at, since: START, actor: { kind: 'service', name: 'audit-completeness' } };
    expect(bench.audit.events).toEqual([
      { schemaVersion: 1, id: `decisions.lost-${START}`, code: 'decisions.lost', lost: 2, ...told },
      { schemaVersion: 1, id: `events.lost-${START}`, code: 'events.lost', lost: 1, ...told },
    ]);
    bench.clock.at += 24 * HOUR_MS;
    await bench.run();
    expect(bench.audit.events).toHaveLength(2);
    expect(bench.kept.sheet?.decisions.owed).toBe(0);
  });

  test('waits seven hours for what is late', async () => {
    const bench = aBench();
    await after(6, bench, { events: [1, 0] });
    await bench.run();
    bench.counted.events.found.set(START + MINUTE_MS, 1);
    bench.clock.at += 24 * HOUR_MS;
    await bench.run();
    expect(bench.audit.events).toEqual([]);
  });

  test('tells a loss again under the same id where it could not keep that it told it', async () => {
    const bench = aBench();
    await after(8, bench, { events: [1, 0] });
    bench.balances.isBroken = true;
    await expect(bench.run()).rejects.toThrow('S3 is away');
    bench.balances.isBroken = false;
    bench.clock.at += HOUR_MS;
    await bench.run();
    const [first, second, ...more] = bench.audit.events.map(({ id, lost }) => ({ id, lost }));
    expect([first, more]).toEqual([second, []]);
  });

  test('reports each run that came to its end, with how many minutes it looked at, and none that broke off', async () => {
    const bench = aBench();
    await after(8, bench, {});
    bench.balances.isBroken = true;
    await expect(bench.run()).rejects.toThrow('S3 is away');
    expect(bench.told).toEqual([{ AuditMinutesCompared: 0 }]);
    bench.balances.isBroken = false;
    await bench.run();
    expect(bench.told.at(1)).toEqual({ AuditMinutesCompared: 8 * 60 - 15 });
    bench.clock.at = START;
    await bench.run();
    expect(bench.told.slice(2)).toEqual([{ AuditMinutesCompared: 0 }]);
  });

  test('does nothing where the clock was set back', async () => {
    const bench = aBench();
    await bench.run();
    const before = bench.kept.sheet;
    bench.clock.at -= HOUR_MS;
    await bench.run();
    expect([bench.kept.sheet, bench.spans]).toEqual([before, []]);
  });
});
