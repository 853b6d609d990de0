import * as z from 'zod';
import { booleanProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { TableProviderPorts } from './planned-table.ts';
import { plannedTable } from './planned-table.ts';
import type { TablePlan } from './table-plan.ts';
import * as shapes from './table-properties.ts';

const type = 'AWS::DynamoDB::Table';

const schema = z.strictObject({
  AttributeDefinitions: shapes.attributeDefinitions.optional(),
  BillingMode: stringProperty.default('PROVISIONED'),
  ContributorInsightsSpecification: shapes.contributorInsights.optional(),
  DeletionProtectionEnabled: booleanProperty.default(false),
  GlobalSecondaryIndexes: z.array(shapes.globalIndex).optional(),
  KeySchema: shapes.keySchema,
  LocalSecondaryIndexes: z.array(shapes.localIndex).optional(),
  OnDemandThroughput: shapes.onDemandThroughput.optional(),
  PointInTimeRecoverySpecification: shapes.recovery.optional(),
  ProvisionedThroughput: shapes.throughput.optional(),
  ResourcePolicy: shapes.resourcePolicy.optional(),
  SSESpecification: z
    .strictObject({ KMSMasterKeyId: stringProperty.optional(), SSEEnabled: booleanProperty, SSEType: stringProperty.optional() })
    .optional(),
  TableClass: stringProperty.optional(),
  TableName: stringProperty.optional(),
  Tags: shapes.tags,
  TimeToLiveSpecification: shapes.timeToLive.optional(),
});

type Wanted = z.output<typeof schema>;

const encryption = (wanted: Wanted['SSESpecification']): TablePlan['encryption'] =>
  wanted === undefined
    ? undefined
    : {
        Enabled: wanted.SSEEnabled,
        ...(wanted.SSEType === undefined ? {} : { SSEType: wanted.SSEType }),
        ...(wanted.KMSMasterKeyId === undefined ? {} : { KMSMasterKeyId: wanted.KMSMasterKeyId }),
      };

const planOf = (properties: Properties, generatedName: () => string): TablePlan => {
  const wanted = parseProperties(type, schema, properties);
  return {
    tableName: wanted.TableName ?? generatedName(),
    shape: shapes.shapeOf(wanted),
    billingMode: wanted.BillingMode,
    provisionedThroughput: wanted.ProvisionedThroughput,
    isDeletionProtected: wanted.DeletionProtectionEnabled,
    tableClass: wanted.TableClass,
    encryption: encryption(wanted.SSESpecification),
    pointInTimeRecovery: shapes.recoveryPlan(wanted.PointInTimeRecoverySpecification),
    timeToLive: shapes.timeToLivePlan(wanted.TimeToLiveSpecification),
    tags: wanted.Tags,
    resourcePolicy: wanted.ResourcePolicy?.PolicyDocument,
  };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const tableResource = (ports: TableProviderPorts): ResourceProvider => plannedTable(type, planOf, ports);
