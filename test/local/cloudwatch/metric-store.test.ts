import fc from 'fast-check';
import { minuteMs } from '../../../local/cloudwatch/metric.ts';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import { readPeriods } from '../../../local/cloudwatch/read-periods.ts';
import { statisticsOf } from '../../../local/cloudwatch/statistics.ts';
import { ManualClock } from '../../../local/manual-clock.ts';

const identity = (metricName: string) => ({ namespace: 'Doors', metricName, dimensions: {}, unit: 'None' });

describe('The metric store', () => {
  test('forgets the oldest minute of what was silent longest once its memory is full', () => {
    const clock = new ManualClock(0);
    const store = new MetricStore(clock, 3);
    for (const name of ['a', 'b', 'a', 'c']) {
      store.counter(identity(name)).count();
      clock.advance(minuteMs);
    }
    expect(store.list().map((metric) => [metric.identity.metricName, metric.size])).toEqual([
      ['a', 2],
      ['c', 1],
    ]);
  });

  test('never remembers more minutes than it may', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), minute: fc.nat(20) })), (samples) => {
        const store = new MetricStore(new ManualClock(0), 5);
        for (const { name, minute } of samples) store.record(identity(name), minute * minuteMs, statisticsOf(1, 1));
        expect(store.list().reduce((sum, metric) => sum + metric.size, 0)).toBeLessThanOrEqual(5);
      }),
    );
  });

  test('gives the same sum whatever the period', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ minute: fc.nat(59), value: fc.integer({ min: -9, max: 9 }) })),
        fc.integer({ min: 1, max: 90 }),
        (samples, minutes) => {
          const store = new MetricStore(new ManualClock(0));
          for (const { minute, value } of samples) store.record(identity('m'), minute * minuteMs, statisticsOf(value, 1));
          const [metric] = store.find(identity('m'), undefined);
          const periods =
            metric === undefined ? [] : readPeriods(metric, { startMs: 0, endMs: 60 * minuteMs, periodSeconds: minutes * 60 });
          expect(periods.reduce((sum, { statistics }) => sum + statistics.sum, 0)).toBe(samples.reduce((sum, { value }) => sum + value, 0));
        },
      ),
    );
  });
});
