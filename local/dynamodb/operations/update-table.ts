import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import { describeWith } from '../table-description.ts';
import type { TableSettingsInput } from '../table-input.ts';
import { encryptionOf, requireNoStream, tableSettingsInput } from '../table-input.ts';
import type { TableSettings } from '../table-settings.ts';

const indexUpdate = z.looseObject({ Create: z.unknown().optional(), Delete: z.unknown().optional() });

const input = tableSettingsInput.extend({
  BillingMode: z.string().optional(),
  ProvisionedThroughput: z.unknown().optional(),
  GlobalSecondaryIndexUpdates: z.array(indexUpdate).optional(),
});

type Wanted = z.output<typeof input>;

const described = z.object({ TableDescription: z.looseObject({}) });
const table = z.object({ Table: z.looseObject({}) });

const requireSupported = (wanted: Wanted): void => {
  requireNoStream(wanted);
  const changesIndexes = (wanted.GlobalSecondaryIndexUpdates ?? []).some(
    (update) => update.Create !== undefined || update.Delete !== undefined,
  );
  if (!changesIndexes) return;
  throw new AwsError(
    'ValidationException',
    'The local AWS cannot add an index to a table that exists, nor take one away: create the table anew.',
  );
};

const apply = (settings: TableSettings, wanted: TableSettingsInput): void => {
  settings.isDeletionProtected = wanted.DeletionProtectionEnabled ?? settings.isDeletionProtected;
  settings.tableClass = wanted.TableClass ?? settings.tableClass;
  if (wanted.SSESpecification !== undefined) settings.encryption = encryptionOf(wanted);
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable =
  ({ items, settings }: DynamoDependencies): Operation =>
  async (members) => {
    const wanted = parseInput(input, members);
    requireSupported(wanted);
    const { TableName, BillingMode, ProvisionedThroughput, GlobalSecondaryIndexUpdates } = wanted;
    const isForEngine = [BillingMode, ProvisionedThroughput, GlobalSecondaryIndexUpdates].some((member) => member !== undefined);
    const description = isForEngine
      ? described.parse(await items.run('UpdateTable', wanted)).TableDescription
      : table.parse(await items.run('DescribeTable', { TableName })).Table;
    const existing = settings.get(TableName);
    apply(existing, wanted);
    return { TableDescription: describeWith(existing, description) };
  };
