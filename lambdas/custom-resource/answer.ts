import type { CustomResourceRequest } from './request.ts';

/** What was made, by its id, and what a template may read of it. */
export interface Fulfilment {
  readonly physicalId: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export type Outcome = Fulfilment | { readonly failure: string };

/** Answers where CloudFormation waits. Throws when it cannot, so that Lambda delivers the request again. */
export const answer = async (request: CustomResourceRequest, outcome: Outcome): Promise<void> => {
  const { StackId, RequestId, LogicalResourceId } = request;
  const body = JSON.stringify({ ...resultOf(request, outcome), StackId, RequestId, LogicalResourceId });
  // The URL is signed for an empty content type (CloudFormation User Guide, "cfn-response module").
  const response = await fetch(request.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}.`);
};

const resultOf = ({ PhysicalResourceId }: CustomResourceRequest, outcome: Outcome) => {
  // CloudFormation demands an id even of a failure; on creation, this one says that nothing was made.
  if ('failure' in outcome)
    return { Status: 'FAILED', Reason: outcome.failure, PhysicalResourceId: PhysicalResourceId ?? 'failed-to-create' };
  const { physicalId, attributes } = outcome;
  return { Status: 'SUCCESS', PhysicalResourceId: physicalId, ...(attributes === undefined ? {} : { Data: attributes }) };
};
