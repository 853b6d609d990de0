import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { ActivationEnvironment } from '../lambdas/activation/environment.ts';
import type { Foundation } from './approach-deployment.ts';
import { BundledFunction } from './bundled-function.ts';
import { iotArn } from './policy-scope.ts';
import { presenceSql } from './presence-sql.ts';
import { SightingQueue } from './sighting-queue.ts';
import { tableAccess } from './table-access.ts';

/** How long sightings are gathered before the function sees them: a fleet that reconnects costs a few calls, not one each. */
const BATCH_WINDOW = Duration.seconds(5);
const MAX_BATCH_SIZE = 1000;

/** Takes note of devices that come with a certificate of ours for the first time, retires the certificates before it, and keeps out who is barred. */
export class Activation extends Construct {
  constructor(scope: Construct, id: string, { configuration, names, table, auditLog }: Foundation) {
    super(scope, id);
    const environment: ActivationEnvironment = { TABLE_NAME: table.tableName, PREFIX: configuration.prefix };
    const activation = new BundledFunction(this, 'Function', {
      name: 'activation',
      description: 'Muster: activates enrollments and retires the certificates that they replace.',
      environment,
      memorySizeMiB: 512,
      timeout: Duration.seconds(60),
      logGroup: auditLog,
      reservedConcurrency: configuration.reservedConcurrency.activation,
    });
    const statements = [...retirement(), ...groupsOf(names, configuration), endOfConnections(configuration.prefix)];
    for (const statement of [...tableAccess(table, TABLE_ACTIONS), ...statements]) activation.allow(statement);
    const { queue } = new SightingQueue(this, 'Sightings', {
      // A rule's name knows no dash.
      ruleName: `${configuration.prefix.replaceAll('-', '_')}_presence`,
      description: 'Muster: connections of its things.',
      sql: presenceSql(configuration.prefix),
      consumerTimeoutSeconds: 60,
    });
    activation.function.addEventSource(
      new SqsEventSource(queue, { batchSize: MAX_BATCH_SIZE, maxBatchingWindow: BATCH_WINDOW, reportBatchItemFailures: true }),
    );
    acknowledge(this, configuration.prefix);
  }
}

const TABLE_ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:PutItem'];

const retirement = (): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: ['iot:DeleteCertificate', 'iot:DescribeCertificate', 'iot:DetachPolicy', 'iot:DetachThingPrincipal', 'iot:UpdateCertificate'],
    resources: [iotArn('cert', '*')],
  }),
  // It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
  new PolicyStatement({ actions: ['iot:ListAttachedPolicies'], resources: ['*'] }),
];

const groupsOf = ({ probationGroup, quarantineGroup }: Foundation['names'], { prefix }: Foundation['configuration']) => {
  const things = iotArn('thing', `${prefix}:*`);
  return [
    new PolicyStatement({ actions: ['iot:RemoveThingFromThingGroup'], resources: [things, iotArn('thinggroup', probationGroup)] }),
    new PolicyStatement({ actions: ['iot:AddThingToThingGroup'], resources: [things, iotArn('thinggroup', quarantineGroup)] }),
    // To look before it adds, and to tell a thing that is gone from a group that is missing.
    new PolicyStatement({ actions: ['iot:DescribeThing', 'iot:ListThingGroupsForThing'], resources: [things] }),
  ];
};

const endOfConnections = (prefix: string): PolicyStatement =>
  new PolicyStatement({ actions: ['iot:DeleteConnection'], resources: [iotArn('client', `${prefix}:*`)] });

const acknowledge = (scope: Construct, prefix: string): void => {
  Validations.of(scope).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:cert/*]',
      reason: 'A certificate is named by its own digest, which is not known before it is issued.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:thing/${prefix}:*]`,
      reason: 'Things of this deployment, which its prefix names; they are not known before devices come.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:client/${prefix}:*]`,
      reason: 'Things of this deployment connect under their own names.',
    },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ListAttachedPolicies, a read for which AWS IoT defines no resource.' },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'The queue that feeds it has a dead-letter queue; the function is never invoked asynchronously.',
    },
    {
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'Lambda has no failure destination for SQS; the queue has a dead-letter queue.',
    },
  );
};
