import type { DetachSecurityProfileRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { findSecurityProfile } from '../security-profile-rules.ts';

/** Compares the things of a target with a profile no longer. */
export const detachSecurityProfile: IotOperation<DetachSecurityProfileRequest> = (services, input) => {
  const profile = findSecurityProfile(services, input.securityProfileName);
  const targets = profile.targets.filter((target) => target !== input.securityProfileTargetArn);
  services.defender.detection.set({ ...profile, targets });
  return {};
};
