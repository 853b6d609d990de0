import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { auditChecks } from '../defender/audit-checks.data.ts';
import type { IotRegistry } from '../registry/registry.ts';

const type = 'AWS::IoT::AccountAuditConfiguration';

const check = z.strictObject({ Enabled: booleanProperty.optional(), Configuration: z.record(z.string(), stringProperty).optional() });

const schema = z.strictObject({
  AccountId: stringProperty,
  RoleArn: stringProperty,
  AuditCheckConfigurations: z.record(z.string(), check),
  AuditNotificationTargetConfigurations: z
    .strictObject({
      Sns: z
        .strictObject({ Enabled: booleanProperty.optional(), RoleArn: stringProperty.optional(), TargetArn: stringProperty.optional() })
        .optional(),
    })
    .optional(),
});

/** CloudFormation names checks in other letters, one of them in letters of its own. */
const nameOf = (property: string): string => {
  const plain = property.toUpperCase();
  const name = Object.keys(auditChecks).find((one) => one.replaceAll('_', '') === plain);
  if (name === undefined) throw new AwsError('InvalidRequest', `Encountered unsupported property ${property}`);
  return name;
};

/** `CertAgeThresholdInDays` → `CERT_AGE_THRESHOLD_IN_DAYS` */
const settingName = (property: string): string => property.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

const checksOf = (checks: z.output<typeof schema>['AuditCheckConfigurations']): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(checks).map(([property, { Enabled, Configuration }]) => {
      const configuration = Object.entries(Configuration ?? {}).map(([name, value]) => [settingName(name), value] as const);
      return [nameOf(property), { enabled: Enabled ?? false, configuration: Object.fromEntries(configuration) }];
    }),
  );

const disabled = Object.fromEntries(Object.keys(auditChecks).map((name) => [name, { enabled: false }]));

// The API leaves alone what a request does not mention; the template says all (aws-iot-accountauditconfiguration, UpdateHandler).
const requestOf = (properties: Properties) => {
  const { RoleArn, AuditCheckConfigurations, AuditNotificationTargetConfigurations } = parseProperties(type, schema, properties);
  const { Enabled = false, RoleArn: targetRole, TargetArn } = AuditNotificationTargetConfigurations?.Sns ?? {};
  return {
    roleArn: RoleArn,
    auditCheckConfigurations: { ...disabled, ...checksOf(AuditCheckConfigurations) },
    auditNotificationTargetConfigurations: { SNS: { enabled: Enabled, roleArn: targetRole, targetArn: TargetArn } },
  };
};

/** There is one per account and region; somebody's role in it means that it is somebody's (aws-iot-accountauditconfiguration, CreateHandler). */
const requireAlone = async (client: ControlPlaneClient, { account }: IotRegistry, accountId: string): Promise<void> => {
  if (accountId !== account.accountId)
    throw new AwsError('InvalidRequest', `AccountId in the template (${accountId}) doesn't match actual: ${account.accountId}.`);
  const { roleArn } = await client.call('DescribeAccountAuditConfiguration', {});
  if (roleArn !== undefined) throw new AwsError('AlreadyExists', 'The AccountAuditConfiguration already exists.');
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-accountauditconfiguration.html */
export const accountAuditConfigurationResource = (client: ControlPlaneClient, registry: IotRegistry): ResourceProvider => ({
  type,
  createOnly: ['AccountId'],
  create: async (properties) => {
    const { AccountId } = parseProperties(type, schema, properties);
    const request = requestOf(properties);
    await requireAlone(client, registry, AccountId);
    await client.call('UpdateAccountAuditConfiguration', request);
    return { physicalId: AccountId, attributes: {} };
  },
  update: async (state, { to }) => {
    await client.call('UpdateAccountAuditConfiguration', requestOf(to));
    return state;
  },
  delete: () => tolerating(['ResourceNotFoundException'], client.call('DeleteAccountAuditConfiguration', {})),
});
