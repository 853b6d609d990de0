import { parseSchedule } from '../../../local/eventbridge/schedule/parse-schedule.ts';

const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 16));

const nextTimes = (expression: string, from: string, count: number): readonly (string | undefined)[] => {
  const schedule = parseSchedule(expression);
  const times: (number | undefined)[] = [];
  for (let after = Date.parse(from); times.length < count; ) {
    const next = schedule?.next(after);
    times.push(next);
    if (next === undefined) break;
    after = next;
  }
  return times.map(iso);
};

describe('a rate', () => {
  test('counts from when it began', () => {
    expect(nextTimes('rate(5 minutes)', '2026-11-22T10:02:00Z', 2)).toEqual(['2026-11-22T10:07', '2026-11-22T10:12']);
    expect(nextTimes('rate(1 day)', '2026-11-22T10:02:00Z', 1)).toEqual(['2026-11-23T10:02']);
    expect(nextTimes('rate(1 hour)', '2026-11-22T10:02:00Z', 1)).toEqual(['2026-11-22T11:02']);
  });

  test.each(['rate(1 minutes)', 'rate(5 minute)', 'rate(0 minutes)', 'rate(1 second)', 'rate(5minutes)', 'rate(-1 hours)', 'at(now)', ''])(
    '%s is none',
    (expression) => {
      expect(parseSchedule(expression)).toBeUndefined();
    },
  );
});

// The examples are those of the EventBridge User Guide.
describe('a cron expression', () => {
  test.each([
    ['cron(0 10 * * ? *)', ['2026-11-23T10:00', '2026-11-24T10:00']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-11-23T18:00', '2026-11-24T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-12-01T08:00', '2027-01-01T08:00']],
    ['cron(0/15 * * * ? *)', ['2026-11-22T12:15', '2026-11-22T12:30']],
    ['cron(0/5 8-17 ? * MON-FRI *)', ['2026-11-23T08:00', '2026-11-23T08:05']],
    ['cron(0 9 ? * 2#1 *)', ['2026-12-07T09:00', '2027-01-04T09:00']],
    ['cron(0 0 L * ? *)', ['2026-11-30T00:00', '2026-12-31T00:00']],
    ['cron(0 0 LW * ? *)', ['2026-11-30T00:00', '2026-12-31T00:00']],
    ['cron(0 0 15W * ? *)', ['2026-12-15T00:00', '2027-01-15T00:00']],
    ['cron(0 0 1W AUG ? *)', ['2027-08-02T00:00', '2028-08-01T00:00']],
    ['cron(0 0 ? * 6L *)', ['2026-11-27T00:00', '2026-12-25T00:00']],
    ['cron(0 0 ? * L *)', ['2026-11-28T00:00', '2026-12-05T00:00']],
    ['cron(30 6 29 FEB ? *)', ['2028-02-29T06:30', '2032-02-29T06:30']],
    ['cron(0 12 ? JAN,JUL SUN 2027)', ['2027-01-03T12:00', '2027-01-10T12:00']],
  ])('%s', (expression, times) => {
    expect(nextTimes(expression, '2026-11-22T12:00:00Z', 2)).toEqual(times);
  });

  test('ends with its last year', () => {
    expect(nextTimes('cron(0 0 1 1 ? 2026)', '2026-11-22T12:00:00Z', 1)).toEqual([undefined]);
    expect(nextTimes('cron(0 0 30 2 ? *)', '2026-11-22T12:00:00Z', 1)).toEqual([undefined]);
  });

  test.each([
    'cron(0 10 * * * *)',
    'cron(0 10 ? * ? *)',
    'cron(0 10 * * ?)',
    'cron(60 10 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 10 0 * ? *)',
    'cron(0 10 32W * ? *)',
    'cron(0 10 ? * 8 *)',
    'cron(0 10 ? * 3#6 *)',
    'cron(0 10 ? * 3#1,6#3 *)',
    'cron(0 10 * 13 ? *)',
    'cron(0/0 10 * * ? *)',
    'cron(5-1 10 * * ? *)',
    'cron(0 10 * * ? 1969)',
  ])('%s is none', (expression) => {
    expect(parseSchedule(expression)).toBeUndefined();
  });
});
