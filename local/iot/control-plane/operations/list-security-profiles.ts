import type { ListSecurityProfilesRequest, ListSecurityProfilesResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

/** All security profiles. */
export const listSecurityProfiles: IotOperation<ListSecurityProfilesRequest, ListSecurityProfilesResponse> = (
  { registry, defender },
  { nextToken: token, maxResults: limit },
) => {
  const page = pageOfNames(defender.detection.profiles.keys(), { token, limit });
  const securityProfileIdentifiers = page.items.map((name) => ({ name, arn: registry.arn('securityprofile', name) }));
  return { securityProfileIdentifiers, nextToken: page.nextToken };
};
