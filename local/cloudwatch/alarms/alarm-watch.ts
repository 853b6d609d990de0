import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock, Timer } from '../../clock.ts';
import { minuteMs } from '../metric.ts';
import type { MetricStore } from '../metric-store.ts';
import type { Alarm, StateChange } from './alarm.ts';
import { comparisons } from './alarm.ts';
import { alarmMail, alarmMessage, alarmSubject } from './alarm-message.ts';
import type { AlarmStore } from './alarm-store.ts';
import { childrenOf, type CompositeAlarm, isComposite, isInCycle, parentsOf, ruleOf } from './composite-rules.ts';
import { remember } from './alarm-store.ts';
import type { Datapoint } from './evaluate-alarm.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';
import { measure } from './measure.ts';
import { compositeReason, stateReason, stateReasonData } from './state-reason.ts';

/** What an alarm tells a topic. */
export interface AlarmNotification {
  readonly topicArn: string;
  readonly alarmArn: string;
  readonly subject: string;
  /** JSON. */
  readonly message: string;
  /** The same for people. */
  readonly mail: string;
}

export interface AlarmWatchOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly metrics: MetricStore;
  readonly alarms: AlarmStore;
  /** Publishes under CloudWatch's own name. Throws `AwsError`. */
  readonly notify: (notification: AlarmNotification) => void;
}

/** Evaluates alarms at the end of every minute, as long as there are any, and acts when their state changes. */
export class AlarmWatch {
  readonly #options: AlarmWatchOptions;
  #timer: Timer | undefined;
  /** Composite alarms whose rule is new. */
  readonly #unread = new Set<CompositeAlarm>();

  constructor(options: AlarmWatchOptions) {
    this.#options = options;
  }

  /** Goes on looking, if there is anything to look at. */
  wake(): void {
    const { clock, alarms } = this.#options;
    if (this.#timer !== undefined || alarms.list().length === 0) return;
    const nowMs = clock.now();
    const nextMinute = (Math.floor(nowMs / minuteMs) + 1) * minuteMs;
    this.#timer = clock.setTimer(() => {
      this.#timer = undefined;
      for (const alarm of alarms.list()) this.#evaluate(alarm, nextMinute);
      for (const alarm of this.#unread) this.#combine(alarm, nextMinute, childrenOf(alarms, alarm)[0]);
      this.#unread.clear();
      this.wake();
    }, nextMinute - nowMs);
  }

  /** Has a composite alarm evaluated that was made or changed; after that it is when one of its children changes. */
  read(alarm: CompositeAlarm): void {
    this.#unread.add(alarm);
    this.wake();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** Puts an alarm into a state; its actions follow when it is another one than before. */
  change(alarm: Alarm, next: StateChange, nowMs: number): void {
    const from = alarm.current;
    alarm.current = next;
    alarm.stateUpdatedAtMs = nowMs;
    if (from.state === next.state) return;
    alarm.stateChangedAtMs = nowMs;
    const data = JSON.stringify({ version: '1.0', oldState: from, newState: next });
    const summary = `Alarm updated from ${from.state} to ${next.state}`;
    remember(alarm, { timestampMs: nowMs, type: 'StateUpdate', summary, data });
    if (alarm.settings.actionsEnabled) {
      for (const topicArn of alarm.settings.actions[next.state]) this.#act(alarm, topicArn, { from: from.state, nowMs });
    }
    for (const parent of parentsOf(this.#options.alarms, alarm)) this.#combine(parent, nowMs, alarm);
  }

  /** A rule is met or it is not: after its first evaluation a composite alarm is never without sufficient data. */
  #combine(alarm: CompositeAlarm, nowMs: number, trigger: Alarm | undefined): void {
    const { alarms } = this.#options;
    if (alarms.find(alarm.settings.name) !== alarm || isInCycle(alarms, alarm)) return;
    const isMet = ruleOf(alarm).isMet((reference) => alarms.refer(reference)?.current.state ?? 'INSUFFICIENT_DATA');
    const state = isMet ? 'ALARM' : 'OK';
    if (state === alarm.current.state) return;
    this.change(alarm, { state, ...compositeReason(trigger, nowMs) }, nowMs);
  }

  #evaluate(alarm: Alarm, nowMs: number): void {
    const { settings } = alarm;
    if (settings.kind === 'composite') return;
    const { metrics } = this.#options;
    const measurements = measure(metrics, settings, nowMs);
    const points = measurements.map(({ value }): Datapoint => {
      if (value === undefined) return undefined;
      return comparisons[settings.comparison].breaches(value, settings.threshold) ? 'breaching' : 'within';
    });
    const state = evaluateAlarm(points, {
      evaluationPeriods: settings.evaluationPeriods,
      datapointsToAlarm: settings.datapointsToAlarm ?? settings.evaluationPeriods,
      // User Guide: alarms on metrics of DynamoDB ignore missing data unless they say otherwise.
      missingData: settings.missingData ?? (settings.namespace === 'AWS/DynamoDB' ? 'ignore' : 'missing'),
    });
    if (state === undefined || state === alarm.current.state) return;
    const reason = stateReason(settings, measurements, state);
    this.change(alarm, { state, reason, reasonData: stateReasonData(settings, measurements, nowMs) }, nowMs);
  }

  #act(alarm: Alarm, topicArn: string, transition: { readonly from: StateChange['state']; readonly nowMs: number }): void {
    const { account, notify } = this.#options;
    const children = isComposite(alarm) ? childrenOf(this.#options.alarms, alarm) : [];
    const message = alarmMessage(account, alarm, { ...transition, children });
    const tell = (summary: string, error?: string): void => {
      const data = JSON.stringify({ actionState: error === undefined ? 'Succeeded' : 'Failed', notificationResource: topicArn, error });
      remember(alarm, { timestampMs: transition.nowMs, type: 'Action', summary, data });
    };
    try {
      const mail = alarmMail(account, alarm, transition);
      notify({ topicArn, alarmArn: alarm.arn, subject: alarmSubject(account, alarm), message, mail });
      tell(`Successfully executed action ${topicArn}`);
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      tell(`Failed to execute action ${topicArn}. Received error: "${thrown.message}"`, thrown.message);
    }
  }
}
