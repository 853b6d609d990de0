import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { arnOf } from '../../account.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import { describeWith } from '../table-description.ts';
import { encryptionOf, requireNoStream, tableSettingsInput } from '../table-input.ts';
import type { TableSettings } from '../table-settings.ts';
import { requireValidResourcePolicy } from './resource-policies.ts';

const input = tableSettingsInput.extend({
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
  ResourcePolicy: z.string().optional(),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })).default([]),
});

const described = z.object({ TableDescription: z.looseObject({}) });

type Wanted = z.output<typeof input>;

const settingsOf = ({ account, clock }: DynamoDependencies, wanted: Wanted): TableSettings => ({
  createdAtMs: clock.now(),
  arn: arnOf(account, 'dynamodb', `table/${wanted.TableName}`),
  partitionKey: wanted.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName,
  tags: new Map(wanted.Tags.map((tag) => [tag.Key, tag.Value])),
  isDeletionProtected: wanted.DeletionProtectionEnabled ?? false,
  tableClass: wanted.TableClass,
  encryption: encryptionOf(wanted),
  timeToLive: undefined,
  pointInTimeRecovery: undefined,
  resourcePolicy: wanted.ResourcePolicy === undefined ? undefined : { document: wanted.ResourcePolicy, revisionId: randomUUID() },
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const createTable =
  (dependencies: DynamoDependencies): Operation =>
  async (members) => {
    const wanted = parseInput(input, members);
    requireNoStream(wanted);
    if (wanted.ResourcePolicy !== undefined) requireValidResourcePolicy(wanted.ResourcePolicy);
    const output = described.parse(await dependencies.items.run('CreateTable', wanted));
    const settings = settingsOf(dependencies, wanted);
    dependencies.settings.add(wanted.TableName, settings);
    return { TableDescription: describeWith(settings, output.TableDescription) };
  };
