import type { CreateSecurityProfileRequest, CreateSecurityProfileResponse } from '@aws-sdk/client-iot';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { behaviorsOf, checkAlertTargets } from '../security-profile-rules.ts';

/** Says what is usual; nothing is compared with it before it is attached. */
export const createSecurityProfile: IotOperation<CreateSecurityProfileRequest, CreateSecurityProfileResponse> = (services, input) => {
  const { registry, defender } = services;
  const { securityProfileName: name, securityProfileDescription: description, alertTargets } = input;
  const securityProfileArn = registry.arn('securityprofile', name);
  if (defender.detection.profiles.has(name))
    throw alreadyExists(`Security profile ${name} already exists.`, { id: name, arn: securityProfileArn });
  const behaviors = behaviorsOf(input.behaviors);
  checkAlertTargets(services, alertTargets);
  addTags(registry, securityProfileArn, input.tags);
  const now = registry.clock.now();
  defender.detection.set({ name, description, behaviors, alertTargets, targets: [], version: 1, createdAt: now, modifiedAt: now });
  return { securityProfileName: name, securityProfileArn };
};
