import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { compileClaimPolicy } from '../../domain/claim/claim-policy.ts';
import type { LineConfiguration } from '../../domain/configuration.ts';
import { compileDevicePolicy } from '../../domain/device-policy.ts';
import type { Foundation } from '../approach-deployment.ts';
import { deployedScope } from '../policy-scope.ts';

/**
 * What the certificates of a line hold: those of its devices, and those of its claims. They are kept with the records, since nothing that
 * a certificate holds can be deleted, and nothing that a device needs may be.
 */
export const addLinePolicies = (
  { keeping, names, topics }: Pick<Foundation, 'keeping' | 'names' | 'topics'>,
  { name, sharedTopics, clientIds, rotation }: LineConfiguration,
): void => {
  new CfnPolicy(keeping.scope, `DevicePolicy-${name}`, {
    policyName: names.devicePolicy(name),
    policyDocument: compileDevicePolicy(
      { scope: deployedScope, topics },
      { of: 'line', line: name, sharedTopics },
      { assignedClientIds: clientIds.assigned, followsJobs: rotation !== undefined },
    ),
  });
  new CfnPolicy(keeping.scope, `ClaimPolicy-${name}`, {
    policyName: names.claimPolicy(name),
    policyDocument: compileClaimPolicy(deployedScope, {
      templateName: names.template(name),
      clientIdPrefix: names.claimClientIdPrefix(name),
    }),
  });
};
