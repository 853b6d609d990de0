import * as z from 'zod';
import { booleanProperty, integerProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { withSmallInitials } from './member-case.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::SecurityProfile';

// Counts are texts in the type's schema, and numbers in the API.
const behavior = z.looseObject({
  SuppressAlerts: booleanProperty.optional(),
  Criteria: z
    .looseObject({
      Value: z.looseObject({ Count: integerProperty.optional() }).optional(),
      DurationSeconds: integerProperty.optional(),
      ConsecutiveDatapointsToAlarm: integerProperty.optional(),
      ConsecutiveDatapointsToClear: integerProperty.optional(),
    })
    .optional(),
});

const schema = z.strictObject({
  SecurityProfileName: stringProperty.optional(),
  SecurityProfileDescription: stringProperty.optional(),
  Behaviors: z.array(behavior).optional(),
  AlertTargets: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  TargetArns: z.array(stringProperty).optional(),
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties): z.output<typeof schema> => parseProperties(type, schema, properties);

/** Kinds of targets keep their capitals. */
const settingsOf = ({ SecurityProfileDescription, Behaviors, AlertTargets }: z.output<typeof schema>) => ({
  securityProfileDescription: SecurityProfileDescription,
  behaviors: withSmallInitials(Behaviors),
  alertTargets: AlertTargets && Object.fromEntries(Object.entries(AlertTargets).map(([kind, target]) => [kind, withSmallInitials(target)])),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-securityprofile.html */
export const securityProfileResource = (client: ControlPlaneClient): ResourceProvider => {
  const attach = async (securityProfileName: string, arns: readonly string[]): Promise<void> => {
    for (const securityProfileTargetArn of arns)
      await client.call('AttachSecurityProfile', { securityProfileName, securityProfileTargetArn });
  };
  return {
    type,
    createOnly: ['SecurityProfileName'],
    create: async (properties, context) => {
      const wanted = read(properties);
      const securityProfileName = wanted.SecurityProfileName ?? context.generateName(128);
      const created = await client.call('CreateSecurityProfile', { securityProfileName, ...settingsOf(wanted), tags: wanted.Tags });
      await attach(securityProfileName, wanted.TargetArns ?? []);
      return { physicalId: securityProfileName, attributes: { SecurityProfileArn: outputText(created, 'securityProfileArn') } };
    },
    update: async (state, change) => {
      const [from, to] = [read(change.from), read(change.to)];
      const securityProfileName = state.physicalId;
      await client.call('UpdateSecurityProfile', { securityProfileName, ...settingsOf(to) });
      const gone = (from.TargetArns ?? []).filter((arn) => to.TargetArns?.includes(arn) !== true);
      for (const securityProfileTargetArn of gone)
        await client.call('DetachSecurityProfile', { securityProfileName, securityProfileTargetArn });
      await attach(securityProfileName, to.TargetArns ?? []);
      await changeTags(client, String(state.attributes['SecurityProfileArn']), { from: from.Tags, to: to.Tags });
      return state;
    },
    delete: async ({ physicalId: securityProfileName }) => {
      await client.call('DeleteSecurityProfile', { securityProfileName });
    },
  };
};
