import * as z from 'zod';
import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { readLive } from '../../cloudformation/drift/read-live.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import type { TablePlan } from './table-plan.ts';
import { createPlanned, deletePlanned, updatePlanned } from './table-plan.ts';

export interface TableProviderPorts {
  readonly account: Account;
  readonly call: CallOperation;
}

const described = z.object({ Table: z.object({ TableArn: z.string(), TableId: z.string(), TableStatus: z.string() }) });

const describe = async ({ call }: TableProviderPorts, TableName: string): Promise<z.output<typeof described>['Table']> =>
  described.parse(await call('DescribeTable', { TableName })).Table;

const live = z.object({ Table: z.object({ DeletionProtectionEnabled: z.boolean() }) });

const maxPolls = 5_000;

const untilActive = async (ports: TableProviderPorts, tableName: string): Promise<void> => {
  for (let polls = 0; polls < maxPolls; polls += 1) {
    if ((await describe(ports, tableName)).TableStatus === 'ACTIVE') return;
    // The engine becomes ready by itself, whatever the injected clock says: real time, therefore.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new AwsError('InternalFailure', `The table ${tableName} did not become active.`, { status: 500 });
};

const stateOf = async (ports: TableProviderPorts, tableName: string): Promise<ResourceState> => {
  const { TableArn, TableId } = await describe(ports, tableName);
  return { physicalId: tableName, attributes: { Arn: TableArn, TableId } };
};

/** A provider of tables, given how its type's properties say what a table should be. */
export const plannedTable = (
  type: string,
  planOf: (properties: Properties, generatedName: () => string) => TablePlan,
  ports: TableProviderPorts,
): ResourceProvider => ({
  type,
  createOnly: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  create: async (properties, context) => {
    const plan = planOf(properties, () => context.generateName(255));
    await createPlanned(ports.call, plan, () => untilActive(ports, plan.tableName));
    return stateOf(ports, plan.tableName);
  },
  update: async (state, change) => {
    const name = (): string => state.physicalId;
    const { attributes } = await stateOf(ports, state.physicalId);
    await updatePlanned(ports.call, String(attributes['Arn']), { from: planOf(change.from, name), to: planOf(change.to, name) });
    await untilActive(ports, state.physicalId);
    return state;
  },
  read: ({ physicalId: TableName }) =>
    readLive(ports.call('DescribeTable', { TableName }), ['ResourceNotFoundException'], (output) => live.parse(output).Table),
  delete: (state) => deletePlanned(ports.call, state.physicalId),
});
