import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { booleanProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { TableProviderPorts } from './planned-table.ts';
import { plannedTable } from './planned-table.ts';
import type { TablePlan } from './table-plan.ts';
import * as shapes from './table-properties.ts';

const type = 'AWS::DynamoDB::GlobalTable';

const replica = z.strictObject({
  ContributorInsightsSpecification: shapes.contributorInsights.optional(),
  DeletionProtectionEnabled: booleanProperty.default(false),
  GlobalSecondaryIndexes: z
    .array(z.strictObject({ IndexName: stringProperty, ContributorInsightsSpecification: shapes.contributorInsights.optional() }))
    .optional(),
  PointInTimeRecoverySpecification: shapes.recovery.optional(),
  Region: stringProperty,
  ResourcePolicy: shapes.resourcePolicy.optional(),
  SSESpecification: z.strictObject({ KMSMasterKeyId: stringProperty }).optional(),
  TableClass: stringProperty.optional(),
  Tags: shapes.tags,
});

const schema = z.strictObject({
  AttributeDefinitions: shapes.attributeDefinitions,
  // The local AWS has no auto scaling of provisioned capacity, which a global table without this needs.
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(shapes.globalIndex).optional(),
  KeySchema: shapes.keySchema,
  LocalSecondaryIndexes: z.array(shapes.localIndex).optional(),
  Replicas: z.array(replica).min(1),
  SSESpecification: z.strictObject({ SSEEnabled: booleanProperty, SSEType: stringProperty.optional() }).optional(),
  TableName: stringProperty.optional(),
  TimeToLiveSpecification: shapes.timeToLive.optional(),
  WriteOnDemandThroughputSettings: z.strictObject({ MaxWriteRequestUnits: z.unknown() }).optional(),
});

type Replica = z.output<typeof replica>;

const onlyReplica = (replicas: readonly Replica[], region: string): Replica => {
  const [first] = replicas;
  if (first !== undefined && replicas.length === 1 && first.Region === region) return first;
  const regions = replicas.map((one) => one.Region).join(', ');
  throw new AwsError('ValidationException', `The local AWS is one region, ${region}: replicas in ${regions} cannot be made.`);
};

const encryption = (wanted: z.output<typeof schema>, local: Replica): TablePlan['encryption'] => {
  if (wanted.SSESpecification === undefined) return undefined;
  const { SSEEnabled, SSEType } = wanted.SSESpecification;
  return {
    Enabled: SSEEnabled,
    ...(SSEType === undefined ? {} : { SSEType }),
    ...(local.SSESpecification === undefined ? {} : { KMSMasterKeyId: local.SSESpecification.KMSMasterKeyId }),
  };
};

const planIn =
  (region: string) =>
  (properties: Properties, generatedName: () => string): TablePlan => {
    const wanted = parseProperties(type, schema, properties);
    const local = onlyReplica(wanted.Replicas, region);
    return {
      tableName: wanted.TableName ?? generatedName(),
      shape: shapes.shapeOf(wanted),
      billingMode: wanted.BillingMode,
      provisionedThroughput: undefined,
      isDeletionProtected: local.DeletionProtectionEnabled,
      tableClass: local.TableClass,
      encryption: encryption(wanted, local),
      pointInTimeRecovery: shapes.recoveryPlan(local.PointInTimeRecoverySpecification),
      timeToLive: shapes.timeToLivePlan(wanted.TimeToLiveSpecification),
      tags: local.Tags,
      resourcePolicy: local.ResourcePolicy?.PolicyDocument,
    };
  };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html, with one replica: the local region. */
export const globalTableResource = (ports: TableProviderPorts): ResourceProvider => plannedTable(type, planIn(ports.account.region), ports);
