import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotRegistry } from '../registry/registry.ts';

const type = 'AWS::IoT::Logging';

const schema = z.strictObject({
  AccountId: stringProperty,
  DefaultLogLevel: stringProperty,
  RoleArn: stringProperty,
  EventConfigurations: z
    .array(z.strictObject({ EventType: stringProperty, LogDestination: stringProperty.optional(), LogLevel: stringProperty.optional() }))
    .optional(),
});

const optionsOf = (properties: Properties) => {
  const { DefaultLogLevel, RoleArn, EventConfigurations } = parseProperties(type, schema, properties);
  return {
    roleArn: RoleArn,
    defaultLogLevel: DefaultLogLevel,
    eventConfigurations: (EventConfigurations ?? []).map(({ EventType, LogDestination, LogLevel }) => ({
      eventType: EventType,
      logDestination: LogDestination,
      logLevel: LogLevel,
    })),
  };
};

const accountIdOf = (properties: Properties): string => parseProperties(type, schema, properties).AccountId;

/** There is one per account; logging that is switched off counts as none (aws-cloudformation-resource-providers-iot, aws-iot-logging). */
const checkAccount = ({ account, logging }: IotRegistry, accountId: string): void => {
  if (accountId !== account.accountId) {
    throw new AwsError('InvalidRequest', `AccountId in the template (${accountId}) doesn't match actual: ${account.accountId}.`);
  }
  if (logging.options !== undefined && !logging.options.disableAllLogs) {
    throw new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${accountId}' already exists.`);
  }
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-logging.html; deletion switches all logs off. */
export const loggingResource = (client: ControlPlaneClient, registry: IotRegistry): ResourceProvider => ({
  type,
  createOnly: ['AccountId'],
  create: async (properties) => {
    const accountId = accountIdOf(properties);
    checkAccount(registry, accountId);
    await client.call('SetV2LoggingOptions', { ...optionsOf(properties), disableAllLogs: false });
    return { physicalId: accountId, attributes: {} };
  },
  update: async (state, { to }) => {
    await client.call('SetV2LoggingOptions', optionsOf(to));
    return state;
  },
  delete: async () => {
    if (registry.logging.options !== undefined) await client.call('SetV2LoggingOptions', { disableAllLogs: true });
  },
});
