import { fleetProvisioningTopics } from '../admission/fleet-provisioning-topics.ts';
import { type PolicyDocument, type PolicyScope, arnWriter } from '../policy-document.ts';

/** What the claims of a line are for: one template, under client ids of their own. */
export interface ClaimPolicySubject {
  readonly templateName: string;
  readonly clientIdPrefix: string;
}

/**
 * The policy on every claim certificate of a line: exactly the two exchanges of the CSR flow. AWS's own sample allows
 * `create/*`, which misses `create-from-csr` and hands out keys made in the cloud instead.
 */
export const compileClaimPolicy = (scope: PolicyScope, { templateName, clientIdPrefix }: ClaimPolicySubject): PolicyDocument =>
  compileProvisioningPolicy(scope, { templateName, clients: `${clientIdPrefix}*` });

/** The same for whoever connects under these client ids: one, or a pattern. */
export const compileProvisioningPolicy = (
  scope: PolicyScope,
  { templateName, clients }: { readonly templateName: string; readonly clients: string },
): PolicyDocument => {
  const arn = arnWriter(scope);
  const { createFromCsr, registerThing } = fleetProvisioningTopics(templateName);
  const answers = [createFromCsr.accepted, createFromCsr.rejected, registerThing.accepted, registerThing.rejected];
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['iot:Connect'], Resource: [arn('client', clients)] },
      {
        Effect: 'Allow',
        Action: ['iot:Publish'],
        Resource: [createFromCsr.request, registerThing.request].map((topic) => arn('topic', topic)),
      },
      { Effect: 'Allow', Action: ['iot:Receive'], Resource: answers.map((topic) => arn('topic', topic)) },
      { Effect: 'Allow', Action: ['iot:Subscribe'], Resource: answers.map((topic) => arn('topicfilter', topic)) },
    ],
  };
};
