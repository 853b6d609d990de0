import type { AlarmState, MissingData } from './alarm.ts';

/** One period, or a hole in the data. */
export type Datapoint = 'breaching' | 'within' | undefined;

export interface AlarmRule {
  /** N */
  readonly evaluationPeriods: number;
  /** M */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/**
 * So many more periods than it needs does an alarm look back for real data. AWS says that the number depends on period and
 * resolution; in its example three periods of five minutes make a range of five.
 */
export const extraPeriods = 2;

const countBreaching = (points: readonly Datapoint[]): number => points.filter((point) => point === 'breaching').length;

/**
 * Whether the oldest datapoint that there is breaches, is as old as M periods, and nothing since was within the threshold:
 * then AWS raises the alarm though there are fewer than M datapoints ("Avoiding premature transitions to alarm state").
 */
const breachesSinceLong = (newestFirst: readonly Datapoint[], { datapointsToAlarm }: AlarmRule): boolean => {
  const isSpotless = !newestFirst.includes('within');
  return isSpotless && newestFirst.lastIndexOf('breaching') + 1 >= datapointsToAlarm;
};

const withHoles = (newestFirst: readonly Datapoint[], rule: AlarmRule, holes: number): AlarmState | undefined => {
  const breaching = countBreaching(newestFirst);
  const isEmpty = newestFirst.every((point) => point === undefined);
  switch (rule.missingData) {
    case 'breaching':
      return breaching + holes >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching':
      return breaching >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
    case 'ignore':
      if (breaching >= rule.datapointsToAlarm) return 'ALARM';
      return newestFirst.includes('within') ? 'OK' : undefined;
    case 'missing':
      if (isEmpty) return 'INSUFFICIENT_DATA';
      if (breaching >= rule.datapointsToAlarm || breachesSinceLong(newestFirst, rule)) return 'ALARM';
      return newestFirst.includes('within') ? 'OK' : undefined;
  }
};

/**
 * The state that datapoints amount to, the newest first, over `evaluationPeriods + extraPeriods`; undefined: it stays as it is
 * (CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data").
 */
export const evaluateAlarm = (newestFirst: readonly Datapoint[], rule: AlarmRule): AlarmState | undefined => {
  const real = newestFirst.filter((point) => point !== undefined);
  const holes = rule.evaluationPeriods - real.length;
  if (holes > 0) return withHoles(newestFirst, rule, holes);
  return countBreaching(real.slice(0, rule.evaluationPeriods)) >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
};
