import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import { describeWith } from '../table-description.ts';
import { tableNameOf } from '../table-settings.ts';

const input = z.object({ TableName: z.string().transform(tableNameOf) });
const described = z.object({ Table: z.looseObject({}) });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
export const describeTable =
  ({ items, settings }: DynamoDependencies): Operation =>
  async (members) => {
    const { TableName } = parseInput(input, members);
    const { Table } = described.parse(await items.run('DescribeTable', { TableName }));
    return { Table: describeWith(settings.find(TableName), Table) };
  };
