import { type Frequency, nextAudit } from '../../../../local/iot/defender/audit-times.ts';

const monday = Date.UTC(2026, 10, 23, 9, 30);

describe('The next audit', () => {
  test.each<[string, Frequency, number]>([
    ['a day later', { every: 'DAILY' }, Date.UTC(2026, 10, 24, 9, 30)],
    ['on the next day of that name', { every: 'WEEKLY', dayOfWeek: 'WED' }, Date.UTC(2026, 10, 25)],
    ['in a week, of the same day', { every: 'WEEKLY', dayOfWeek: 'MON' }, Date.UTC(2026, 10, 30)],
    ['in two weeks, of the same day', { every: 'BIWEEKLY', dayOfWeek: 'MON' }, Date.UTC(2026, 11, 7)],
    ['in this month, where the day is to come', { every: 'MONTHLY', dayOfMonth: '25' }, Date.UTC(2026, 10, 25)],
    ['in the next, where it is past', { every: 'MONTHLY', dayOfMonth: '2' }, Date.UTC(2026, 11, 2)],
    ['on the last day, where a month has no such', { every: 'MONTHLY', dayOfMonth: '31' }, Date.UTC(2026, 10, 30)],
    ['on the last day, where that is said', { every: 'MONTHLY', dayOfMonth: 'LAST' }, Date.UTC(2026, 10, 30)],
  ])('is %s', (_when, frequency, expected) => {
    expect(nextAudit(frequency, monday)).toBe(expected);
  });
});
