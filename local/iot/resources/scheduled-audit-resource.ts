import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::ScheduledAudit';

const schema = z.strictObject({
  Frequency: stringProperty,
  TargetCheckNames: z.array(stringProperty),
  DayOfMonth: stringProperty.optional(),
  DayOfWeek: stringProperty.optional(),
  ScheduledAuditName: stringProperty.optional(),
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties): z.output<typeof schema> => parseProperties(type, schema, properties);

const settingsOf = ({ Frequency, TargetCheckNames, DayOfMonth, DayOfWeek }: z.output<typeof schema>) => ({
  ...{ frequency: Frequency, targetCheckNames: TargetCheckNames, dayOfMonth: DayOfMonth, dayOfWeek: DayOfWeek },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-scheduledaudit.html */
export const scheduledAuditResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['ScheduledAuditName'],
  create: async (properties, context) => {
    const wanted = read(properties);
    const scheduledAuditName = wanted.ScheduledAuditName ?? context.generateName(128);
    const created = await client.call('CreateScheduledAudit', { scheduledAuditName, ...settingsOf(wanted), tags: wanted.Tags });
    return { physicalId: scheduledAuditName, attributes: { ScheduledAuditArn: outputText(created, 'scheduledAuditArn') } };
  },
  update: async (state, change) => {
    const to = read(change.to);
    await client.call('UpdateScheduledAudit', { scheduledAuditName: state.physicalId, ...settingsOf(to) });
    await changeTags(client, String(state.attributes['ScheduledAuditArn']), { from: read(change.from).Tags, to: to.Tags });
    return state;
  },
  delete: ({ physicalId: scheduledAuditName }) =>
    tolerating(['ResourceNotFoundException'], client.call('DeleteScheduledAudit', { scheduledAuditName })),
});
