import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { readLive } from '../../cloudformation/drift/read-live.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, jsonTextProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::ProvisioningTemplate';

const schema = z.strictObject({
  ProvisioningRoleArn: stringProperty,
  TemplateBody: jsonTextProperty,
  Description: stringProperty.optional(),
  Enabled: booleanProperty.optional(),
  PreProvisioningHook: z.strictObject({ TargetArn: stringProperty.optional(), PayloadVersion: stringProperty.optional() }).optional(),
  TemplateName: stringProperty.optional(),
  TemplateType: stringProperty.optional(),
  Tags: tagsProperty.optional(),
});

type TemplateProperties = z.output<typeof schema>;

const read = (properties: Properties): TemplateProperties => parseProperties(type, schema, properties);

/** What both creation and update set. */
const settingsOf = ({ Description, Enabled, ProvisioningRoleArn, PreProvisioningHook: hook }: TemplateProperties) => ({
  description: Description,
  enabled: Enabled,
  provisioningRoleArn: ProvisioningRoleArn,
  preProvisioningHook: hook === undefined ? undefined : { targetArn: hook.TargetArn, payloadVersion: hook.PayloadVersion },
});

const versionList = z.array(z.looseObject({ versionId: z.number(), isDefaultVersion: z.boolean() }));

const oldestSpareVersion = async (client: ControlPlaneClient, templateName: string): Promise<number | undefined> => {
  const { versions } = await client.call('ListProvisioningTemplateVersions', { templateName });
  const spare = versionList.parse(versions).filter(({ isDefaultVersion }) => !isDefaultVersion);
  return spare.map(({ versionId }) => versionId).sort((a, b) => a - b)[0];
};

interface Maker {
  readonly client: ControlPlaneClient;
  readonly makesRoom: boolean;
}

/** Puts a body in force; where room is made, the oldest version that is not in force goes when there are five. */
const replaceBody = async ({ client, makesRoom }: Maker, templateName: string, templateBody: string): Promise<void> => {
  const version = { templateName, templateBody, setAsDefault: true };
  try {
    await client.call('CreateProvisioningTemplateVersion', version);
  } catch (thrown) {
    if (!makesRoom || !(thrown instanceof AwsError) || thrown.code !== 'VersionsLimitExceededException') throw thrown;
    const versionId = await oldestSpareVersion(client, templateName);
    await client.call('DeleteProvisioningTemplateVersion', { templateName, versionId });
    await client.call('CreateProvisioningTemplateVersion', version);
  }
};

const live = z.object({ templateBody: z.string(), enabled: z.boolean(), provisioningRoleArn: z.string() });

export const provisioningTemplateResource = (client: ControlPlaneClient, behaviour: IotBehaviour): ResourceProvider => ({
  type,
  createOnly: ['TemplateName', 'TemplateType'],
  create: async (properties, context) => {
    const template = read(properties);
    const created = await client.call('CreateProvisioningTemplate', {
      templateName: template.TemplateName ?? context.generateName(36),
      templateBody: template.TemplateBody,
      type: template.TemplateType,
      tags: template.Tags,
      ...settingsOf(template),
    });
    return { physicalId: outputText(created, 'templateName'), attributes: { TemplateArn: outputText(created, 'templateArn') } };
  },
  // Like AWS's handler, it leaves a hook in place that the new template no longer has: nothing is sent, so nothing changes.
  update: async (state, change) => {
    const from = read(change.from);
    const to = read(change.to);
    const maker = { client, makesRoom: behaviour['template.cloudformation-makes-room'] };
    if (from.TemplateBody !== to.TemplateBody) await replaceBody(maker, state.physicalId, to.TemplateBody);
    await client.call('UpdateProvisioningTemplate', { templateName: state.physicalId, ...settingsOf(to) });
    await changeTags(client, String(state.attributes['TemplateArn']), { from: from.Tags, to: to.Tags });
    return state;
  },
  read: ({ physicalId: templateName }) =>
    readLive(client.call('DescribeProvisioningTemplate', { templateName }), ['ResourceNotFoundException'], (output) => {
      const { templateBody, enabled, provisioningRoleArn } = live.parse(output);
      return { TemplateBody: templateBody, Enabled: enabled, ProvisioningRoleArn: provisioningRoleArn };
    }),
  delete: (state) =>
    tolerating(['ResourceNotFoundException'], client.call('DeleteProvisioningTemplate', { templateName: state.physicalId })),
});
