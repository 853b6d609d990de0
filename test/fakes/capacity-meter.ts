import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';

const consumption = z.object({
  ConsumedCapacity: z._default(z.array(z.object({ CapacityUnits: z._default(z.number(), 0) })), []),
});

const NAME = 'capacityMeter';

/** Has a client ask what its requests cost, and keeps the sum of each in capacity units, in their order. */
export const meterOf = (client: DynamoDBClient) => {
  const units: number[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      units.push(z.parse(consumption, answer.output).ConsumedCapacity.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0));
      return answer;
    },
    { step: 'initialize', name: NAME },
  );
  return { units: (): readonly number[] => units, stop: () => client.middlewareStack.remove(NAME) };
};
