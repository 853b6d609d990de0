import type { CustomResourceRequest } from './request.ts';

export type Outcome = { readonly physicalId: string } | { readonly failure: string };

/** Answers where CloudFormation waits. Throws when it cannot, so that Lambda delivers the request again. */
export const answer = async (request: CustomResourceRequest, outcome: Outcome): Promise<void> => {
  const { StackId, RequestId, LogicalResourceId } = request;
  const result =
    'physicalId' in outcome
      ? { Status: 'SUCCESS', PhysicalResourceId: outcome.physicalId }
      : // CloudFormation demands an id even of a failure; on creation, this one says that nothing was made.
        { Status: 'FAILED', Reason: outcome.failure, PhysicalResourceId: request.PhysicalResourceId ?? 'failed-to-create' };
  const body = JSON.stringify({ ...result, StackId, RequestId, LogicalResourceId });
  // The URL is signed for an empty content type (CloudFormation User Guide, "cfn-response module").
  const response = await fetch(request.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}.`);
};
