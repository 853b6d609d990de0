import { invalidRequest, notFound } from '../refusals.ts';
import { findCertificate, findThingGroup } from './find.ts';
import type { IotRegistry } from './registry.ts';
import { nameInArn } from './resource-name.ts';

// Cognito identities are `<region>:<uuid>`; they are not in this registry, so nothing about them can be checked.
const cognitoIdentity = /^[\w-]+:[0-9a-f-]{36}$/;

/** Answers a principal's ARN or Cognito identity in canonical form. Throws when it is neither, or names no certificate of this account. */
export const findPrincipal = (registry: IotRegistry, principal: string): string => {
  if (cognitoIdentity.test(principal)) return principal;
  const certificateId = nameInArn(registry, 'cert', principal);
  // The text that AWS answers to the ARN of a thing group.
  if (certificateId === undefined) throw invalidRequest('The given ARN does not represent a cert');
  return registry.arn('cert', findCertificate(registry, certificateId).certificateId);
};

export interface PolicyTarget {
  readonly target: string;
  readonly kind: 'principal' | 'group';
}

/** What a policy may be attached to: a certificate, a static thing group or a Cognito identity. */
export const parsePolicyTarget = (registry: IotRegistry, target: string): PolicyTarget => {
  if (nameInArn(registry, 'thinggroup', target) !== undefined) return { target, kind: 'group' };
  if (cognitoIdentity.test(target) || nameInArn(registry, 'cert', target) !== undefined) return { target, kind: 'principal' };
  throw invalidRequest(`Target ${target} is the ARN of neither a certificate nor a thing group of this account and region.`);
};

/** The same, and it must exist. */
export const findPolicyTarget = (registry: IotRegistry, text: string): PolicyTarget => {
  const { target, kind } = parsePolicyTarget(registry, text);
  if (kind === 'principal') return { target: findPrincipal(registry, target), kind };
  const groupName = nameInArn(registry, 'thinggroup', target);
  if (groupName === undefined) throw notFound(`Target ${target} cannot be found.`);
  findThingGroup(registry, groupName);
  return { target, kind };
};
