import type { Account } from '../account.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import type { TrailStore } from './trail-store.ts';

/** What IAM must allow for CloudTrail. */
export const cloudTrailAuthorization = (account: Account, trails: TrailStore): ServiceAuthorization =>
  serviceAuthorization({
    account,
    prefix: 'cloudtrail',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: {
      trailname: (input) => textIn(input, 'TrailName', 'Name', 'ResourceId'),
      channelid: () => undefined,
      dashboardname: () => undefined,
      eventdatastoreid: () => undefined,
    },
    contextOf: (arn) => resourceTags(trails.find(arn)?.tags ?? []),
  });
