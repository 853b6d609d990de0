import * as z from 'zod/mini';

const properties = z.object({ PolicyName: z.string().check(z.minLength(1)), ThingGroupArn: z.string().check(z.startsWith('arn:')) });

/** @throws for properties that our construct would not write. */
export const parseProperties = (input: unknown) => {
  const { PolicyName, ThingGroupArn } = z.parse(properties, input);
  return { policyName: PolicyName, thingGroupArn: ThingGroupArn };
};
