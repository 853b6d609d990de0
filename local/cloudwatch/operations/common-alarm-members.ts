import * as z from 'zod';

const actions = z
  .array(z.string().regex(/^arn:aws:sns:/, 'must be the ARN of a topic: alarms of the local AWS have no other actions'))
  .max(5)
  .default([]);

export const absent = (what: string) => z.undefined(`is not supported: the local AWS has no ${what}`).optional();

/** What PutMetricAlarm and PutCompositeAlarm have in common. */
export const commonAlarmMembers = {
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: z.boolean().default(true),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  Tags: z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).default([]),
};

type Common = z.output<z.ZodObject<typeof commonAlarmMembers>>;

/** The same as an alarm keeps it. */
export const commonSettingsOf = (wanted: Common) => ({
  name: wanted.AlarmName,
  description: wanted.AlarmDescription,
  actionsEnabled: wanted.ActionsEnabled,
  actions: { OK: wanted.OKActions, ALARM: wanted.AlarmActions, INSUFFICIENT_DATA: wanted.InsufficientDataActions },
});
