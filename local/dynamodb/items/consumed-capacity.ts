import * as z from 'zod';

const capacity = z.object({ ConsumedCapacity: z.object({ TableName: z.string(), CapacityUnits: z.number() }).optional() });

/**
 * What a transaction consumed, per table: twice the plain operations, for preparing and committing (DynamoDB Developer
 * Guide, "Capacity management for transactions").
 */
export const transactionCapacity = (outputs: readonly object[], wanted: 'INDEXES' | 'TOTAL' | 'NONE'): object => {
  if (wanted === 'NONE') return {};
  const units = new Map<string, number>();
  for (const output of outputs) {
    const { ConsumedCapacity } = capacity.parse(output);
    if (ConsumedCapacity === undefined) continue;
    units.set(ConsumedCapacity.TableName, (units.get(ConsumedCapacity.TableName) ?? 0) + 2 * ConsumedCapacity.CapacityUnits);
  }
  return { ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits })) };
};
