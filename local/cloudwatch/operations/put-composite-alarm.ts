import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { AlarmDependencies } from '../alarms/alarm-dependencies.ts';
import { parseAlarmRule } from '../alarms/alarm-rule.ts';
import { isComposite } from '../alarms/composite-rules.ts';
import { invalidValueCode } from '../cloudwatch-errors.ts';
import { absent, commonAlarmMembers, commonSettingsOf } from './common-alarm-members.ts';

const input = z.object({
  ...commonAlarmMembers,
  AlarmRule: z.string().min(1),
  ActionsSuppressor: absent('suppressors of actions'),
  ActionsSuppressorWaitPeriod: absent('suppressors of actions'),
  ActionsSuppressorExtensionPeriod: absent('suppressors of actions'),
  ActionConfiguration: absent('settings of actions'),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html; a rule that leads back to itself is taken, and never evaluated. */
export const putCompositeAlarm =
  ({ clock, alarms, watch }: AlarmDependencies): Operation =>
  (members) => {
    const wanted = parseInput(input, members, invalidValueCode);
    const missing = parseAlarmRule(wanted.AlarmRule).children.filter((child) => alarms.refer(child) === undefined);
    if (missing.length > 0) {
      const message = `Could not save the composite alarm as alarms [${missing.join(', ')}] in the alarm rule do not exist`;
      throw new AwsError('ValidationException', message);
    }
    const known = alarms.find(wanted.AlarmName);
    if (known !== undefined && !isComposite(known)) throw new AwsError('ValidationException', 'There is a metric alarm of this name.');
    const alarm = alarms.put({ kind: 'composite', rule: wanted.AlarmRule, ...commonSettingsOf(wanted) }, clock.now());
    if (known === undefined) for (const { Key, Value } of wanted.Tags) alarm.tags.set(Key, Value);
    if (isComposite(alarm)) watch.read(alarm);
    return undefined;
  };
