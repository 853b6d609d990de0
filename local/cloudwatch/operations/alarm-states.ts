import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { isJsonText } from '../../json-text.ts';
import type { AlarmDependencies } from '../alarms/alarm-dependencies.ts';
import type { Alarm } from '../alarms/alarm.ts';
import { alarmNotFound, type AlarmStore } from '../alarms/alarm-store.ts';
import { isComposite, parentsOf } from '../alarms/composite-rules.ts';
import { invalidValueCode } from '../cloudwatch-errors.ts';

const names = z.object({ AlarmNames: z.array(z.string().min(1).max(255)).max(100) });

/** A child goes after its parents do, or with its only one. */
const refuseWhereParentsStay = (alarms: AlarmStore, going: readonly Alarm[]): void => {
  const depended = going.filter((alarm) => parentsOf(alarms, alarm).some((parent) => parent === alarm || !going.includes(parent)));
  if (depended.length === 0) return;
  const list = depended.map(({ settings }) => settings.name).join(',');
  const them = depended.length === 1 ? 'it' : 'them';
  throw new AwsError('ValidationException', `Cannot delete ${list} as there are composite alarm(s) depending on ${them}.`);
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html; all of them or none. */
export const deleteAlarms =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => {
    const { AlarmNames } = parseInput(names, members, invalidValueCode);
    if (AlarmNames.some((name) => alarms.find(name) === undefined)) throw alarmNotFound();
    const going = AlarmNames.map((name) => alarms.get(name));
    if (going.filter(isComposite).length > 1)
      throw new AwsError('ValidationException', 'Only one composite alarm can be deleted at a time.');
    refuseWhereParentsStay(alarms, going);
    for (const name of AlarmNames) alarms.delete(name);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html, and DisableAlarmActions; names without an alarm are passed over. */
export const switchAlarmActions =
  ({ alarms }: AlarmDependencies, actionsEnabled: boolean): Operation =>
  (members) => {
    for (const name of parseInput(names, members, invalidValueCode).AlarmNames) {
      const alarm = alarms.find(name);
      if (alarm !== undefined) alarm.settings = { ...alarm.settings, actionsEnabled };
    }
    return undefined;
  };

const setInput = z.object({
  AlarmName: z.string().min(1).max(255),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  StateReason: z.string().max(1023),
  StateReasonData: z.string().max(4000).optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html; the next evaluation puts it right again. */
export const setAlarmState =
  ({ clock, alarms, watch }: AlarmDependencies): Operation =>
  (members) => {
    const { AlarmName, StateValue, StateReason, StateReasonData } = parseInput(setInput, members, invalidValueCode);
    if (StateReasonData !== undefined && !isJsonText(StateReasonData)) throw new AwsError('InvalidFormat', 'StateReasonData must be JSON.');
    watch.change(alarms.get(AlarmName), { state: StateValue, reason: StateReason, reasonData: StateReasonData }, clock.now());
    return undefined;
  };

const byArn = z.object({ ResourceARN: z.string() });

const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html */
export const tagAlarm =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => {
    const { ResourceARN, Tags } = parseInput(byArn.extend({ Tags: tags }), members, invalidValueCode);
    const alarm = alarms.byArn(ResourceARN);
    for (const { Key, Value } of Tags) alarm.tags.set(Key, Value);
    return {};
  };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_UntagResource.html */
export const untagAlarm =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => {
    const { ResourceARN, TagKeys } = parseInput(byArn.extend({ TagKeys: z.array(z.string()) }), members, invalidValueCode);
    const alarm = alarms.byArn(ResourceARN);
    for (const name of TagKeys) alarm.tags.delete(name);
    return {};
  };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html */
export const listAlarmTags =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => ({
    Tags: [...alarms.byArn(parseInput(byArn, members, invalidValueCode).ResourceARN).tags].map(([Key, Value]) => ({ Key, Value })),
  });
