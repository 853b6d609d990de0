import type { DeleteSecurityProfileRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** Deletes a security profile; one that is not there is as good as deleted (API Reference: no ResourceNotFoundException). */
export const deleteSecurityProfile: IotOperation<DeleteSecurityProfileRequest> = ({ registry, defender }, { securityProfileName }) => {
  defender.detection.delete(securityProfileName);
  registry.tags.delete(registry.arn('securityprofile', securityProfileName));
  return {};
};
