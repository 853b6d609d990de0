import { Aws, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAccountAuditConfiguration, CfnMitigationAction, CfnScheduledAudit, CfnSecurityProfile } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { auditedChecks } from '../../domain/defender/audited-checks.ts';
import { CONNECTING_TOO_OFTEN } from '../../domain/defender/unusual-behavior.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { allow } from '../allow.ts';
import { DefenderTopic } from './defender-topic.ts';
import { ringForEvents } from '../monitoring/ring-for-events.ts';
import { iotArn } from '../policy-scope.ts';
import { type SuspicionFunctionProps, suspicionFunction } from '../connections/suspicion-function.ts';
import { feedFromQueue } from '../feed-from-queue.ts';

const TIMEOUT_SECONDS = 120;

/** Within five minutes. A device that follows AWS's advice on waiting between attempts makes fewer; one that tries each second makes 300. */
const USUAL_ATTEMPTS = 30;

type CheckConfigurations = CfnAccountAuditConfiguration.AuditCheckConfigurationsProperty;

/** What CloudFormation calls the checks. */
const properties = {
  CA_CERTIFICATE_EXPIRING_CHECK: 'caCertificateExpiringCheck',
  CA_CERTIFICATE_KEY_QUALITY_CHECK: 'caCertificateKeyQualityCheck',
  CONFLICTING_CLIENT_IDS_CHECK: 'conflictingClientIdsCheck',
  DEVICE_CERTIFICATE_AGE_CHECK: 'deviceCertificateAgeCheck',
  DEVICE_CERTIFICATE_EXPIRING_CHECK: 'deviceCertificateExpiringCheck',
  DEVICE_CERTIFICATE_KEY_QUALITY_CHECK: 'deviceCertificateKeyQualityCheck',
  DEVICE_CERTIFICATE_SHARED_CHECK: 'deviceCertificateSharedCheck',
  INTERMEDIATE_CA_REVOKED_FOR_ACTIVE_DEVICE_CERTIFICATES_CHECK: 'intermediateCaRevokedForActiveDeviceCertificatesCheck',
  IOT_POLICY_OVERLY_PERMISSIVE_CHECK: 'iotPolicyOverlyPermissiveCheck',
  IOT_POLICY_POTENTIAL_MISCONFIGURATION_CHECK: 'ioTPolicyPotentialMisConfigurationCheck',
  LOGGING_DISABLED_CHECK: 'loggingDisabledCheck',
  REVOKED_CA_CERTIFICATE_STILL_ACTIVE_CHECK: 'revokedCaCertificateStillActiveCheck',
  REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK: 'revokedDeviceCertificateStillActiveCheck',
} as const satisfies Record<(typeof auditedChecks)[number], keyof CheckConfigurations>;

const enabled: CheckConfigurations = Object.fromEntries(auditedChecks.map((check) => [properties[check], { enabled: true }]));

/**
 * Has AWS IoT Device Defender audit the account once a day, and puts what it finds on record. The audit configuration is the account's,
 * and there is one: where somebody else has it, CloudFormation refuses to make ours, and theirs stays; when this goes, there is none
 * again, as before. What is usual for devices is said to Detect only where the configuration says that the account has it: AWS opens
 * it to no new customer since 31 August 2026 (developer guide, "Detect"), and the deployment would end there.
 */
export class DeviceDefender extends Construct {
  constructor(scope: Construct, id: string, props: SuspicionFunctionProps) {
    super(scope, id);
    const topic = new DefenderTopic(this, 'Told', { alarmTopic: props.alarmTopic, consumerTimeoutSeconds: TIMEOUT_SECONDS });
    this.#configure(topic, props.configuration.prefix);
    if (props.configuration.accountWide.detect === 'use') this.#watch(topic, props.configuration);
    const teller = suspicionFunction(this, props, {
      name: 'device-defender',
      description: 'Muster: puts on record what audits of AWS IoT Device Defender found.',
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    // None has a resource that a policy could name (Service Authorization Reference, AWS IoT).
    teller.allow(allow(['iot:ListAuditFindings', 'iot:DescribeAuditFinding', 'iot:ListPrincipalThings'], ['*']));
    feedFromQueue(teller, topic.queue, { batchSize: 1 });
    ringForEvents(this, props, { code: 'defender.found', definition: alarmDefinitions.defenderFound });
    acknowledge(this);
  }

  #configure({ topicArn, roleArn }: DefenderTopic, prefix: string): void {
    const configuration = new CfnAccountAuditConfiguration(this, 'Configuration', {
      accountId: Aws.ACCOUNT_ID,
      auditCheckConfigurations: enabled,
      auditNotificationTargetConfigurations: { sns: { enabled: true, roleArn, targetArn: topicArn } },
      roleArn: auditRole(this).roleArn,
    });
    const { dailyAudit, mitigationAction } = resourceNames(prefix);
    const daily = new CfnScheduledAudit(this, 'Daily', {
      ...{ scheduledAuditName: dailyAudit, frequency: 'DAILY', targetCheckNames: [...auditedChecks] },
    });
    const quarantine = new CfnMitigationAction(this, 'Quarantine', {
      ...{ actionName: mitigationAction, roleArn, actionParams: { publishFindingToSnsParams: { topicArn } } },
    });
    for (const later of [daily, quarantine]) later.node.addDependency(configuration);
    configuration.node.addDependency(...this.node.findAll().filter((part) => part instanceof Role));
  }

  #watch({ topicArn, roleArn }: DefenderTopic, { prefix, lines }: SuspicionFunctionProps['configuration']): void {
    const { securityProfile, lineGroup } = resourceNames(prefix);
    const profile = new CfnSecurityProfile(this, 'Profile', {
      securityProfileName: securityProfile,
      securityProfileDescription: 'Muster: how often devices of its lines connect.',
      behaviors: [
        {
          ...{ name: CONNECTING_TOO_OFTEN, metric: 'aws:num-connection-attempts' },
          criteria: { comparisonOperator: 'less-than-equals', value: { count: `${USUAL_ATTEMPTS}` }, durationSeconds: 300 },
        },
      ],
      alertTargets: { SNS: { alertTargetArn: topicArn, roleArn } },
      targetArns: lines.map(({ name }) => iotArn('thinggroup', lineGroup(name))),
    });
    profile.node.addDependency(...this.node.findAll().filter((part) => part instanceof Role));
  }
}

/** Reads what the checks look at (Device Defender developer guide, "Permissions"). */
const auditRole = (scope: Construct): Role => {
  const role = new Role(scope, 'AuditRole', {
    assumedBy: new ServicePrincipal('iot.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    description: 'Muster: what audits of AWS IoT Device Defender read.',
  });
  role.addToPolicy(
    allow(
      [
        ...['iot:DescribeCACertificate', 'iot:DescribeCertificate', 'iot:GetEffectivePolicies', 'iot:GetLoggingOptions'],
        ...['iot:GetPolicy', 'iot:GetV2LoggingOptions', 'iot:ListCACertificates', 'iot:ListCertificates', 'iot:ListPolicies'],
      ],
      ['*'],
    ),
  );
  return role;
};

const acknowledge = (scope: Construct): void => {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'An audit looks at the whole account; and reads for which AWS IoT defines no resource.',
  });
};
