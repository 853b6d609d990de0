import * as z from 'zod/mini';

/** What CloudFormation asks of a custom resource (CloudFormation User Guide, "Custom resource request objects"). */
const request = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceType: z.string(),
  PhysicalResourceId: z.optional(z.string()),
  ResourceProperties: z.unknown(),
  /** Of an update. */
  OldResourceProperties: z.optional(z.unknown()),
});

export type CustomResourceRequest = z.infer<typeof request>;

/** @throws for an event that is not CloudFormation's: there is nobody to answer. */
export const parseRequest = (event: unknown): CustomResourceRequest => z.parse(request, event);
