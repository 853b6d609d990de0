import * as z from 'zod/mini';

const properties = z.object({ PolicyName: z.string().check(z.minLength(1)), ThingGroupArn: z.string().check(z.startsWith('arn:')) });

/** What CloudFormation asks of a custom resource (CloudFormation User Guide, "Custom resource request objects"). */
const request = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.optional(z.string()),
  ResourceProperties: z.unknown(),
});

export type CustomResourceRequest = z.infer<typeof request>;

/** @throws for an event that is not CloudFormation's: there is nobody to answer. */
export const parseRequest = (event: unknown): CustomResourceRequest => z.parse(request, event);

/** @throws for properties that our construct would not write. */
export const parseProperties = (input: unknown) => {
  const { PolicyName, ThingGroupArn } = z.parse(properties, input);
  return { policyName: PolicyName, thingGroupArn: ThingGroupArn };
};
