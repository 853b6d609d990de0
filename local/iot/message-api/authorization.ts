import type { Account } from '../../account.ts';
import { textIn } from '../../iam/access/input-reading.ts';
import type { ServiceAuthorization } from '../../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../../iam/access/service-authorization.ts';

/** What IAM must allow for AWS IoT's data plane: clients are told apart by their ids, messages by their topics. */
export const dataPlaneAuthorization = (account: Account): ServiceAuthorization =>
  serviceAuthorization({
    account,
    prefix: 'iot',
    denial: { code: 'ForbiddenException', status: 403 },
    variables: { topicname: (input) => textIn(input, 'topic') },
    contextOf: (_arn, input) => ({ 'iot:IncludeSocketInformation': textIn(input, 'includeSocketInformation')?.toLowerCase() }),
  });
