import * as z from 'zod';
import { booleanProperty, integerProperty, jsonTextProperty, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';

// Property shapes that AWS::DynamoDB::Table and AWS::DynamoDB::GlobalTable share.

export const attributeDefinitions = z.array(z.strictObject({ AttributeName: stringProperty, AttributeType: stringProperty }));
export const keySchema = z.array(z.strictObject({ AttributeName: stringProperty, KeyType: stringProperty }));
export const throughput = z.strictObject({ ReadCapacityUnits: integerProperty, WriteCapacityUnits: integerProperty });

export const recovery = z.strictObject({ PointInTimeRecoveryEnabled: booleanProperty, RecoveryPeriodInDays: integerProperty.optional() });
export const timeToLive = z.strictObject({ AttributeName: stringProperty.optional(), Enabled: booleanProperty });
export const resourcePolicy = z.strictObject({ PolicyDocument: jsonTextProperty });
export const onDemandThroughput = z.strictObject({
  MaxReadRequestUnits: integerProperty.optional(),
  MaxWriteRequestUnits: integerProperty.optional(),
});
export const contributorInsights = z.strictObject({ Enabled: booleanProperty, Mode: stringProperty.optional() });

export const localIndex = z.strictObject({
  IndexName: stringProperty,
  KeySchema: keySchema,
  Projection: z.strictObject({ ProjectionType: stringProperty.optional(), NonKeyAttributes: z.array(stringProperty).optional() }),
});

export const globalIndex = localIndex.extend({
  ContributorInsightsSpecification: contributorInsights.optional(),
  OnDemandThroughput: onDemandThroughput.optional(),
  ProvisionedThroughput: throughput.optional(),
});

export const tags = tagsProperty.default([]).transform((list) => Object.fromEntries(list.map((tag) => [tag.Key, tag.Value])));

export const recoveryPlan = (
  wanted: z.output<typeof recovery> | undefined,
): { readonly isEnabled: boolean; readonly days: number | undefined } => ({
  isEnabled: wanted?.PointInTimeRecoveryEnabled ?? false,
  days: wanted?.RecoveryPeriodInDays,
});

export const timeToLivePlan = (
  wanted: z.output<typeof timeToLive> | undefined,
): { readonly attributeName: string; readonly isEnabled: boolean } | undefined =>
  wanted === undefined ? undefined : { attributeName: wanted.AttributeName ?? '', isEnabled: wanted.Enabled };

const indexMembers = ({ IndexName, KeySchema, Projection, ...rest }: z.output<typeof globalIndex>): object => ({
  IndexName,
  KeySchema,
  Projection,
  ...(rest.ProvisionedThroughput === undefined ? {} : { ProvisionedThroughput: rest.ProvisionedThroughput }),
});

interface Shape {
  readonly AttributeDefinitions?: unknown;
  readonly KeySchema: unknown;
  readonly GlobalSecondaryIndexes?: readonly z.output<typeof globalIndex>[] | undefined;
  readonly LocalSecondaryIndexes?: unknown;
}

/** The members of `CreateTable` that make up a table's keys and indexes; no index is an absent member there. */
export const shapeOf = (wanted: Shape): Readonly<Record<string, unknown>> => {
  const indexes = wanted.GlobalSecondaryIndexes?.map(indexMembers);
  const members = {
    AttributeDefinitions: wanted.AttributeDefinitions,
    KeySchema: wanted.KeySchema,
    GlobalSecondaryIndexes: indexes?.length === 0 ? undefined : indexes,
    LocalSecondaryIndexes: wanted.LocalSecondaryIndexes,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
};
