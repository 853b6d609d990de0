import type { Alarm, CompositeSettings } from './alarm.ts';
import { type AlarmRule, parseAlarmRule } from './alarm-rule.ts';
import type { AlarmStore } from './alarm-store.ts';

/** A composite alarm. */
export type CompositeAlarm = Alarm & { readonly settings: CompositeSettings };

export const isComposite = (alarm: Alarm): alarm is CompositeAlarm => alarm.settings.kind === 'composite';

export const ruleOf = ({ settings }: CompositeAlarm): AlarmRule => parseAlarmRule(settings.rule);

/** The alarms that a composite one names, as far as there are any. */
export const childrenOf = (alarms: AlarmStore, parent: CompositeAlarm): readonly Alarm[] =>
  ruleOf(parent).children.flatMap((reference) => alarms.refer(reference) ?? []);

/** The composite alarms that name this one. */
export const parentsOf = (alarms: AlarmStore, child: Alarm): readonly CompositeAlarm[] =>
  alarms.list().filter((alarm): alarm is CompositeAlarm => isComposite(alarm) && childrenOf(alarms, alarm).includes(child));

/** Whether an alarm depends on itself, by others: CloudWatch takes such a rule, stops evaluating it, and deletes none of the cycle. */
export const isInCycle = (alarms: AlarmStore, alarm: CompositeAlarm): boolean => {
  const seen = new Set<Alarm>();
  const open: Alarm[] = [...childrenOf(alarms, alarm)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === alarm) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (isComposite(next)) open.push(...childrenOf(alarms, next));
  }
  return false;
};
