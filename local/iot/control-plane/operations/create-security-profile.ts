import type { CreateSecurityProfileRequest, CreateSecurityProfileResponse } from '@aws-sdk/client-iot';
import { AwsError } from '../../../aws-error.ts';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { behaviorsOf, checkAlertTargets } from '../security-profile-rules.ts';

/** Device Defender developer guide, "Detect": from 31 August 2026 on for accounts only that used it before. */
const detectIsClosed = (): AwsError =>
  new AwsError('AccessDeniedException', 'AWS IoT Device Defender detect is no longer available to new customers.', { status: 403 });

/** Says what is usual; nothing is compared with it before it is attached. */
export const createSecurityProfile: IotOperation<CreateSecurityProfileRequest, CreateSecurityProfileResponse> = (services, input) => {
  const { registry, defender, behaviour } = services;
  if (behaviour['defender.detect'] === 'closed') throw detectIsClosed();
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
