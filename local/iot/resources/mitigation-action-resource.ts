import * as z from 'zod';
import { parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { withSmallInitials } from './member-case.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::MitigationAction';

const schema = z.strictObject({
  ActionName: stringProperty.optional(),
  ActionParams: z.record(z.string(), z.unknown()),
  RoleArn: stringProperty,
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties): z.output<typeof schema> => parseProperties(type, schema, properties);

const settingsOf = ({ RoleArn, ActionParams }: z.output<typeof schema>) => ({
  ...{ roleArn: RoleArn, actionParams: withSmallInitials(ActionParams) },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-mitigationaction.html */
export const mitigationActionResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['ActionName'],
  create: async (properties, context) => {
    const wanted = read(properties);
    const actionName = wanted.ActionName ?? context.generateName(128);
    const created = await client.call('CreateMitigationAction', { actionName, ...settingsOf(wanted), tags: wanted.Tags });
    const [MitigationActionArn, MitigationActionId] = [outputText(created, 'actionArn'), outputText(created, 'actionId')];
    return { physicalId: actionName, attributes: { MitigationActionArn, MitigationActionId } };
  },
  update: async (state, change) => {
    const to = read(change.to);
    await client.call('UpdateMitigationAction', { actionName: state.physicalId, ...settingsOf(to) });
    await changeTags(client, String(state.attributes['MitigationActionArn']), { from: read(change.from).Tags, to: to.Tags });
    return state;
  },
  delete: async ({ physicalId: actionName }) => {
    await client.call('DeleteMitigationAction', { actionName });
  },
});
