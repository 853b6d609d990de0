import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ActivationEnvironment } from '../../lambdas/activation/environment.ts';
import { clientIdLinesOf } from '../../domain/client-id.ts';
import { lineRotationsOf } from '../../domain/configuration/configuration-line-settings.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { revokesAt } from '../authority/certificate-revocation.ts';
import { acknowledgeDeviceRegistration, deviceRegistration } from './device-entrance.ts';
import { acknowledgeEndOfConnections, endOfConnections } from '../connections/end-of-connections.ts';
import { iotArn } from '../policy-scope.ts';
import { type DeviceClientIds, assignedPresenceSql, deviceClientIdsOf, presenceSql } from '../connections/presence-sql.ts';
import { SightingQueue } from '../connections/sighting-queue.ts';
import { tableAccess } from '../table-access.ts';
import { feedFromQueue } from '../feed-from-queue.ts';

/** How long sightings are gathered before the function sees them: a fleet that reconnects costs a few calls, not one each. */
const BATCH_WINDOW = Duration.seconds(5);
const MAX_BATCH_SIZE = 1000;

type ActivationProps = Pick<Foundation, 'configuration' | 'names' | 'table' | 'auditLog' | 'lineSettings' | 'authority'>;

/**
 * Takes note of devices that are seen for the first time: retires the certificates before the one that came, gives a device
 * without any its thing, and keeps out who is barred. There is one, whatever approaches are deployed.
 */
export class Activation extends Construct {
  constructor(scope: Construct, id: string, { configuration, names, table, auditLog, lineSettings, authority }: ActivationProps) {
    super(scope, id);
    const { prefix, topicPrefix } = configuration;
    const clientIdLines = clientIdLinesOf(configuration);
    const clientIds = deviceClientIdsOf(configuration);
    const environment: ActivationEnvironment = { TABLE_NAME: table.tableName, PREFIX: prefix, TOPIC_PREFIX: topicPrefix };
    const activation = new BundledFunction(this, 'Function', {
      name: 'activation',
      description: 'Muster: activates enrollments and retires the certificates that they replace.',
      environment,
      constants: {
        LINE_SETTINGS: JSON.stringify(lineSettings),
        CLIENT_ID_LINES: JSON.stringify(clientIdLines),
        LINE_ROTATIONS: JSON.stringify(lineRotationsOf(configuration)),
      },
      memorySizeMiB: 512,
      timeout: Duration.seconds(60),
      logGroup: auditLog,
      reservedConcurrency: configuration.reservedConcurrency.activation,
    });
    const statements = [
      ...retirement(),
      ...deviceRegistration(prefix),
      ...groupsOf(names, prefix),
      ...endOfRotations(configuration),
      endOfConnections(clientIds),
    ];
    for (const statement of [...tableAccess(table, TABLE_ACTIONS), ...statements]) activation.allow(statement);
    revokesAt(activation, authority);
    const { queue } = new SightingQueue(this, 'Sightings', { ...presenceRules(configuration), consumerTimeoutSeconds: 60 });
    feedFromQueue(activation, queue, { batchSize: MAX_BATCH_SIZE, maxBatchingWindow: BATCH_WINDOW });
    acknowledgeDeviceRegistration(this, prefix);
    acknowledge(this, clientIds);
  }
}

const TABLE_ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:PutItem'];

const retirement = (): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['iot:DeleteCertificate', 'iot:DescribeCertificate', 'iot:DetachThingPrincipal', 'iot:UpdateCertificate'],
    resources: [iotArn('cert', '*')],
  }),
];

const groupsOf = ({ probationGroup, quarantineGroup }: Foundation['names'], prefix: string) => {
  const things = iotArn('thing', `${prefix}:*`);
  return [
    new PolicyStatement({ actions: ['iot:RemoveThingFromThingGroup'], resources: [things, iotArn('thinggroup', probationGroup)] }),
    new PolicyStatement({ actions: ['iot:AddThingToThingGroup'], resources: [things, iotArn('thinggroup', quarantineGroup)] }),
  ];
};

// What a device has done of a job; the HTTP interface has a prefix of its own.
const endOfRotations = (configuration: Configuration): readonly PolicyStatement[] =>
  lineRotationsOf(configuration).length === 0
    ? []
    : [new PolicyStatement({ actions: ['iotjobsdata:UpdateJobExecution'], resources: [iotArn('thing', `${configuration.prefix}:*`)] })];

// A rule's name knows no dash.
const presenceRules = (configuration: Configuration) => {
  const { prefix, lines } = configuration;
  const ruleName = `${prefix.replaceAll('-', '_')}_presence`;
  const description = 'Muster: connections of its things.';
  const assigned = { ruleName: `${ruleName}_assigned`, description, sql: assignedPresenceSql(prefix) };
  const further = lines.some(({ clientIds }) => clientIds.assigned) ? [assigned] : [];
  return { ruleName, description, sql: presenceSql(deviceClientIdsOf(configuration)), further };
};

const acknowledge = (scope: Construct, clientIds: DeviceClientIds): void => {
  acknowledgeEndOfConnections(scope, clientIds);
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:cert/*]',
    reason: 'A certificate is named by its own digest, which is not known before it is issued.',
  });
};
