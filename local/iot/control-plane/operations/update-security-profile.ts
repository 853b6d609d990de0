import type { UpdateSecurityProfileRequest } from '@aws-sdk/client-iot';
import { versionConflict } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';
import { behaviorsOf, checkAlertTargets, findSecurityProfile } from '../security-profile-rules.ts';

/** Changes what is usual, or who is told. */
export const updateSecurityProfile: IotOperation<UpdateSecurityProfileRequest> = (services, input) => {
  const { registry, defender } = services;
  const profile = findSecurityProfile(services, input.securityProfileName);
  if (input.expectedVersion !== undefined && input.expectedVersion !== profile.version)
    throw versionConflict(`Security profile ${profile.name} has the version ${profile.version}.`);
  checkAlertTargets(services, input.alertTargets);
  const isWithout = { behaviors: input.deleteBehaviors === true, alertTargets: input.deleteAlertTargets === true };
  defender.detection.set({
    ...profile,
    description: input.securityProfileDescription ?? profile.description,
    behaviors: isWithout.behaviors ? [] : input.behaviors === undefined ? profile.behaviors : behaviorsOf(input.behaviors),
    alertTargets: isWithout.alertTargets ? undefined : (input.alertTargets ?? profile.alertTargets),
    version: profile.version + 1,
    modifiedAt: registry.clock.now(),
  });
  return {};
};
