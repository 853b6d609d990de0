import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';

/** What a table should be, whichever of the two resource types says so. */
export interface TablePlan {
  readonly tableName: string;
  /** Members of `CreateTable` that only matter then: keys, attributes, indexes. */
  readonly shape: Readonly<Record<string, unknown>>;
  readonly billingMode: string;
  readonly provisionedThroughput: unknown;
  readonly isDeletionProtected: boolean;
  readonly tableClass: string | undefined;
  /** `SSESpecification` as the API takes it. */
  readonly encryption: Readonly<Record<string, unknown>> | undefined;
  readonly pointInTimeRecovery: { readonly isEnabled: boolean; readonly days: number | undefined };
  readonly timeToLive: { readonly attributeName: string; readonly isEnabled: boolean } | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly resourcePolicy: string | undefined;
}

const tagMembers = (tags: Readonly<Record<string, string>>): readonly object[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const setRecovery = async (call: CallOperation, { tableName, pointInTimeRecovery }: TablePlan): Promise<void> => {
  const { isEnabled, days } = pointInTimeRecovery;
  await call('UpdateContinuousBackups', {
    TableName: tableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: isEnabled,
      ...(days === undefined ? {} : { RecoveryPeriodInDays: days }),
    },
  });
};

const setTimeToLive = async (call: CallOperation, TableName: string, wanted: NonNullable<TablePlan['timeToLive']>): Promise<void> => {
  await call('UpdateTimeToLive', {
    TableName,
    TimeToLiveSpecification: { AttributeName: wanted.attributeName, Enabled: wanted.isEnabled },
  });
};

const billing = (plan: TablePlan): object =>
  plan.billingMode === 'PAY_PER_REQUEST'
    ? { BillingMode: plan.billingMode }
    : { BillingMode: plan.billingMode, ProvisionedThroughput: plan.provisionedThroughput };

const members = (plan: TablePlan): object => ({
  DeletionProtectionEnabled: plan.isDeletionProtected,
  ...(plan.tableClass === undefined ? {} : { TableClass: plan.tableClass }),
  ...(plan.encryption === undefined ? {} : { SSESpecification: plan.encryption }),
});

/** Creates the table and everything that has an operation of its own; `untilActive` waits for the table to be ready. */
export const createPlanned = async (call: CallOperation, plan: TablePlan, untilActive: () => Promise<void>): Promise<void> => {
  await call('CreateTable', {
    TableName: plan.tableName,
    ...plan.shape,
    ...billing(plan),
    ...members(plan),
    ...(plan.resourcePolicy === undefined ? {} : { ResourcePolicy: plan.resourcePolicy }),
    Tags: tagMembers(plan.tags),
  });
  await untilActive();
  if (plan.pointInTimeRecovery.isEnabled) await setRecovery(call, plan);
  if (plan.timeToLive?.isEnabled === true) await setTimeToLive(call, plan.tableName, plan.timeToLive);
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const updateTimeToLive = async (call: CallOperation, from: TablePlan, to: TablePlan): Promise<void> => {
  const before = from.timeToLive?.isEnabled === true ? from.timeToLive : undefined;
  const after = to.timeToLive?.isEnabled === true ? to.timeToLive : undefined;
  if (isSame(before, after)) return;
  if (before !== undefined) await setTimeToLive(call, to.tableName, { ...before, isEnabled: false });
  if (after !== undefined) await setTimeToLive(call, to.tableName, after);
};

const updateTags = async (
  call: CallOperation,
  arn: string,
  change: { readonly from: TablePlan; readonly to: TablePlan },
): Promise<void> => {
  const dropped = Object.keys(change.from.tags).filter((name) => !Object.hasOwn(change.to.tags, name));
  await call('UntagResource', { ResourceArn: arn, TagKeys: dropped });
  await call('TagResource', { ResourceArn: arn, Tags: tagMembers(change.to.tags) });
};

const updatePolicy = async (call: CallOperation, arn: string, policy: string | undefined): Promise<void> => {
  if (policy === undefined) await call('DeleteResourcePolicy', { ResourceArn: arn });
  else await call('PutResourcePolicy', { ResourceArn: arn, Policy: policy });
};

/** Brings a table from one plan to another, calling only what changed. */
export const updatePlanned = async (
  call: CallOperation,
  arn: string,
  change: { readonly from: TablePlan; readonly to: TablePlan },
): Promise<void> => {
  const { from, to } = change;
  // An index cannot be changed here; the operation itself says so when it is told what differs.
  const indexes = isSame(from.shape, to.shape)
    ? {}
    : { GlobalSecondaryIndexUpdates: [{ Create: to.shape['GlobalSecondaryIndexes'] ?? [] }] };
  const isBillingSame = isSame(billing(from), billing(to));
  await call('UpdateTable', { TableName: to.tableName, ...members(to), ...(isBillingSame ? {} : billing(to)), ...indexes });
  if (!isSame(from.pointInTimeRecovery, to.pointInTimeRecovery)) await setRecovery(call, to);
  await updateTimeToLive(call, from, to);
  await updateTags(call, arn, change);
  if (from.resourcePolicy !== to.resourcePolicy) await updatePolicy(call, arn, to.resourcePolicy);
};

/** Deletes the table unless it is gone; refused while it is protected. */
export const deletePlanned = (call: CallOperation, tableName: string): Promise<void> =>
  tolerating(['ResourceNotFoundException'], call('DeleteTable', { TableName: tableName }));
