import type { AttachSecurityProfileRequest } from '@aws-sdk/client-iot';
import { AwsError } from '../../../aws-error.ts';
import { limitExceeded } from '../../refusals.ts';
import { findThingGroup } from '../../registry/find.ts';
import { nameInArn } from '../../registry/resource-name.ts';
import type { IotOperation } from '../operation.ts';
import { findSecurityProfile } from '../security-profile-rules.ts';

/** LIM: security profiles of a target. */
const mostProfiles = 5;

/** Compares the things of a group with a profile from now on. */
export const attachSecurityProfile: IotOperation<AttachSecurityProfileRequest> = (services, input) => {
  const { registry, defender } = services;
  const { securityProfileTargetArn: target } = input;
  const profile = findSecurityProfile(services, input.securityProfileName);
  const group = nameInArn(registry, 'thinggroup', target);
  if (group === undefined) {
    const message = `The target ${target} exists on AWS, but the local AWS has thing groups only.`;
    throw new AwsError('NotImplementedException', message, { status: 501 });
  }
  findThingGroup(registry, group);
  if (profile.targets.includes(target)) return {};
  const others = [...defender.detection.profiles.values()].filter(({ targets }) => targets.includes(target));
  if (others.length >= mostProfiles) throw limitExceeded(`A target has at most ${mostProfiles} security profiles.`);
  defender.detection.set({ ...profile, targets: [...profile.targets, target] });
  return {};
};
