import type { Schedule } from './schedule.ts';

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const isUnit = (text: string): text is keyof typeof unitMs => Object.hasOwn(unitMs, text);

/** `rate(5 minutes)`: the unit is singular with 1 and plural with anything else, or the expression is refused. */
export const parseRate = (expression: string): Schedule | undefined => {
  const [, count = '', unit = '', plural = ''] = /^rate\(([1-9]\d{0,8}) ([a-z]+?)(s?)\)$/.exec(expression) ?? [];
  if (!isUnit(unit) || (count === '1') !== (plural === '')) return undefined;
  const everyMs = Number(count) * unitMs[unit];
  return { next: (afterMs) => afterMs + everyMs };
};
