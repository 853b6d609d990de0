import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { targetTypes } from '../logging/logging-settings.ts';
import type { IotRegistry } from '../registry/registry.ts';

const type = 'AWS::IoT::ResourceSpecificLogging';

const schema = z.strictObject({ LogLevel: stringProperty, TargetName: stringProperty, TargetType: z.enum(targetTypes) });

const levelOf = (properties: Properties) => {
  const { LogLevel, TargetName, TargetType } = parseProperties(type, schema, properties);
  return { logTarget: { targetType: TargetType, targetName: TargetName }, logLevel: LogLevel };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-resourcespecificlogging.html */
export const resourceSpecificLoggingResource = (client: ControlPlaneClient, registry: IotRegistry): ResourceProvider => ({
  type,
  createOnly: ['TargetName', 'TargetType'],
  create: async (properties) => {
    const level = levelOf(properties);
    const { targetType, targetName } = level.logTarget;
    const targetId = `${targetType}:${targetName}`;
    if (registry.logging.targetLevel(targetType, targetName) !== undefined) {
      throw new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${targetId}' already exists.`);
    }
    await client.call('SetV2LoggingLevel', level);
    return { physicalId: targetId, attributes: { TargetId: targetId } };
  },
  update: async (state, { to }) => {
    await client.call('SetV2LoggingLevel', levelOf(to));
    return state;
  },
  delete: async (_state, properties) => {
    await client.call('DeleteV2LoggingLevel', levelOf(properties).logTarget);
  },
});
