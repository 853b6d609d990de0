import type { Alarm, AlarmState, MetricSettings, StateChange } from './alarm.ts';
import { comparisons } from './alarm.ts';
import type { Measurement } from './measure.ts';

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** `1.0 (13/08/25 08:07:00)` */
const quoted = ({ startMs, value = 0 }: Measurement): string => {
  const [year = '', month = '', day = '', time = ''] = new Date(startMs).toISOString().split(/[-T.]/);
  return `${decimal(value)} (${day}/${month}/${year.slice(2)} ${time})`;
};

const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;

const crossed = (settings: MetricSettings, real: readonly Measurement[], state: AlarmState): string => {
  const { breaches, words } = comparisons[settings.comparison];
  const isOver = (one: Measurement): boolean => breaches(one.value ?? 0, settings.threshold);
  const telling = real.filter((one) => isOver(one) === (state === 'ALARM'));
  const list = telling.map(quoted).join(', ');
  const not = state === 'ALARM' ? '' : 'not ';
  const verb = telling.length === 1 ? 'was' : 'were';
  const threshold = `${verb} ${not}${words} the threshold (${decimal(settings.threshold)})`;
  if (settings.datapointsToAlarm === undefined) return `Threshold Crossed: ${counted(telling.length, 'datapoint')} [${list}] ${threshold}.`;
  const least = counted(settings.datapointsToAlarm, 'datapoint');
  const out = `${String(telling.length)} out of the last ${counted(settings.evaluationPeriods, 'datapoint')}`;
  return `Threshold Crossed: ${out} [${list}] ${threshold} (minimum ${least} for OK -> ALARM transition).`;
};

const filled: Readonly<Record<string, string>> = { breaching: 'Breaching', notBreaching: 'NonBreaching' };

/** Why the state is what it is, in CloudWatch's words. */
export const stateReason = (settings: MetricSettings, measurements: readonly Measurement[], state: AlarmState): string => {
  const real = measurements.filter(({ value }) => value !== undefined).slice(0, settings.evaluationPeriods);
  const periods = settings.evaluationPeriods;
  if (real.length > 0) return crossed(settings, real, state);
  const treated = filled[settings.missingData ?? 'missing'];
  if (treated === undefined) return `Insufficient Data: ${counted(periods, 'datapoint')} ${periods === 1 ? 'was' : 'were'} unknown.`;
  const missing = `${counted(periods, 'missing datapoint')} ${periods === 1 ? 'was' : 'were'} treated as [${treated}]`;
  return `Threshold Crossed: no datapoints were received for ${counted(periods, 'period')} and ${missing}.`;
};

const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

/** Why a composite alarm is in its state: the child that changed last, or that comes first in a rule that is new. */
export const compositeReason = (trigger: Alarm | undefined, nowMs: number): Omit<StateChange, 'state'> => {
  if (trigger === undefined) return { reason: 'The rule names no alarm.', reasonData: undefined };
  const { arn, current, stateChangedAtMs } = trigger;
  const reason = `${arn} transitioned to ${current.state} at ${new Date(stateChangedAtMs).toUTCString()}`;
  const triggeringAlarms = [{ arn, state: { value: current.state, timestamp: stamp(stateChangedAtMs) } }];
  return { reason, reasonData: JSON.stringify({ version: '1.0', queryDate: stamp(nowMs), triggeringAlarms }) };
};

/** The same as JSON, for programs. */
export const stateReasonData = (settings: MetricSettings, measurements: readonly Measurement[], nowMs: number): string => {
  const evaluated = measurements.slice(0, settings.evaluationPeriods);
  const real = evaluated.filter(({ value }) => value !== undefined);
  return JSON.stringify({
    version: '1.0',
    queryDate: stamp(nowMs),
    ...(real.length === 0 ? {} : { startDate: stamp(real.at(-1)?.startMs ?? nowMs) }),
    ...(settings.unit === undefined ? {} : { unit: settings.unit }),
    statistic: settings.statistic,
    period: settings.periodSeconds,
    recentDatapoints: real.map(({ value }) => value).reverse(),
    threshold: settings.threshold,
    evaluatedDatapoints: evaluated.map(({ startMs, value, sampleCount }) => ({
      timestamp: stamp(startMs),
      ...(value === undefined ? {} : { sampleCount, value }),
    })),
  });
};
