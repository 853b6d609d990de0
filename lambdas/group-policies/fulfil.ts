import type { GroupPolicy, ThingGroupPolicies } from '../../aws/thing-group-policies.ts';
import { type CustomResourceRequest, parseProperties } from './request.ts';

const SEPARATOR = ' on ';

/** Names the attachment, so that another policy or group is another resource, which CloudFormation replaces. */
const physicalIdOf = ({ policyName, thingGroupArn }: GroupPolicy): string => `${policyName}${SEPARATOR}${thingGroupArn}`;

/**
 * Makes it so, and answers the physical id. After an update that changed the id, CloudFormation deletes the old one by
 * itself, with the properties it had.
 */
export const fulfil = async (request: CustomResourceRequest, groupPolicies: ThingGroupPolicies): Promise<string> => {
  if (request.RequestType === 'Delete') return detach(request, groupPolicies);
  const groupPolicy = parseProperties(request.ResourceProperties);
  await groupPolicies.attach(groupPolicy);
  return physicalIdOf(groupPolicy);
};

const detach = async (request: CustomResourceRequest, groupPolicies: ThingGroupPolicies): Promise<string> => {
  const physicalId = request.PhysicalResourceId ?? '';
  // A creation that failed left an id that is not ours, and nothing to detach.
  if (physicalId.includes(SEPARATOR)) await groupPolicies.detach(parseProperties(request.ResourceProperties));
  return physicalId;
};
