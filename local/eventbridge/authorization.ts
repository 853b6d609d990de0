import type { Account } from '../account.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import type { RuleStore } from './rule-store.ts';

/** What IAM must allow for EventBridge: all rules are on the default bus. */
export const eventBridgeAuthorization = (account: Account, rules: RuleStore): ServiceAuthorization =>
  serviceAuthorization({
    account,
    prefix: 'events',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: {
      rulename: (input) => textIn(input, 'ResourceARN', 'Rule', 'Name'),
      eventbusname: () => undefined,
    },
    contextOf: (arn) => resourceTags(rules.list().find((rule) => rule.arn === arn)?.tags ?? []),
  });
