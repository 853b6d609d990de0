import type { GroupPolicy, ThingGroupPolicies } from '../../aws/iot/thing-group-policies.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';
import type { CustomResourceRequest } from '../custom-resource/request.ts';
import { parseProperties } from './request.ts';

const SEPARATOR = ' on ';

/** Names the attachment, so that another policy or group is another resource, which CloudFormation replaces. */
const physicalIdOf = ({ policyName, thingGroupArn }: GroupPolicy): string => `${policyName}${SEPARATOR}${thingGroupArn}`;

/**
 * What is done for `Custom::MusterGroupPolicy`. After an update that changed the id, CloudFormation deletes the old one by
 * itself, with the properties it had.
 */
export const fulfilWith =
  (groupPolicies: ThingGroupPolicies): Fulfil =>
  async (request) => {
    if (request.RequestType === 'Delete') return detach(request, groupPolicies);
    const groupPolicy = parseProperties(request.ResourceProperties);
    await groupPolicies.attach(groupPolicy);
    return { physicalId: physicalIdOf(groupPolicy) };
  };

const detach = async (request: CustomResourceRequest, groupPolicies: ThingGroupPolicies) => {
  const physicalId = request.PhysicalResourceId ?? '';
  // A creation that failed left an id that is not ours, and nothing to detach.
  if (physicalId.includes(SEPARATOR)) await groupPolicies.detach(parseProperties(request.ResourceProperties));
  return { physicalId };
};
