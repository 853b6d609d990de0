import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import { describeWith } from '../table-description.ts';
import { tableNameOf } from '../table-settings.ts';

const input = z.object({ TableName: z.string().transform(tableNameOf) });
const described = z.object({ TableDescription: z.looseObject({}) });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html */
export const deleteTable =
  ({ items, settings }: DynamoDependencies): Operation =>
  async (members) => {
    const { TableName } = parseInput(input, members);
    const existing = settings.find(TableName);
    if (existing?.isDeletionProtected === true) {
      throw new AwsError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const { TableDescription } = described.parse(await items.run('DeleteTable', { TableName }));
    settings.remove(TableName);
    return { TableDescription: describeWith(existing, TableDescription) };
  };
