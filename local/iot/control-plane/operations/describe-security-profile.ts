import type { DescribeSecurityProfileRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { findSecurityProfile } from '../security-profile-rules.ts';

/** A security profile by name. */
export const describeSecurityProfile: IotOperation<DescribeSecurityProfileRequest> = (services, input) => {
  const { name, description, behaviors, alertTargets, version, createdAt, modifiedAt } = findSecurityProfile(
    services,
    input.securityProfileName,
  );
  return {
    ...{ securityProfileName: name, securityProfileArn: services.registry.arn('securityprofile', name), version },
    ...{ securityProfileDescription: description, behaviors: behaviors.map(({ asGiven }) => asGiven), alertTargets },
    ...{ creationDate: new Date(createdAt), lastModifiedDate: new Date(modifiedAt) },
  };
};
