const dayMs = 86_400_000;

const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

export type WeekDay = (typeof weekDays)[number];

/** How often an audit runs: on which day of the week, or of the month (1 to 31, or LAST). */
export type Frequency =
  | { readonly every: 'DAILY' }
  | { readonly every: 'WEEKLY' | 'BIWEEKLY'; readonly dayOfWeek: WeekDay }
  | { readonly every: 'MONTHLY'; readonly dayOfMonth: string };

const dayInMonth = (year: number, month: number, dayOfMonth: string): number => {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  // API Reference, CreateScheduledAudit: where the month has no such day, the last one is taken.
  return Date.UTC(year, month, dayOfMonth === 'LAST' ? last : Math.min(last, Number(dayOfMonth)));
};

/** When an audit runs next, in milliseconds since the epoch. AWS promises no time of day: here it is the same as now, or midnight in UTC. */
export const nextAudit = (frequency: Frequency, now: number): number => {
  if (frequency.every === 'DAILY') return now + dayMs;
  const today = new Date(now);
  if (frequency.every === 'MONTHLY') {
    const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
    const inThisMonth = dayInMonth(year, month, frequency.dayOfMonth);
    return inThisMonth > now ? inThisMonth : dayInMonth(year, month + 1, frequency.dayOfMonth);
  }
  const days = (weekDays.indexOf(frequency.dayOfWeek) - today.getUTCDay() + 7) % 7;
  const midnight = Math.floor(now / dayMs) * dayMs;
  const weeks = frequency.every === 'WEEKLY' ? 7 : 14;
  return midnight + (days === 0 ? weeks : days) * dayMs;
};
