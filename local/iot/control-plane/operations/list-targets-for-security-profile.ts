import type { ListTargetsForSecurityProfileRequest, ListTargetsForSecurityProfileResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';
import { findSecurityProfile } from '../security-profile-rules.ts';

/** What a security profile is attached to. */
export const listTargetsForSecurityProfile: IotOperation<ListTargetsForSecurityProfileRequest, ListTargetsForSecurityProfileResponse> = (
  services,
  { securityProfileName, nextToken: token, maxResults: limit },
) => {
  const page = pageOfNames(findSecurityProfile(services, securityProfileName).targets, { token, limit });
  return { securityProfileTargets: page.items.map((arn) => ({ arn })), nextToken: page.nextToken };
};
