import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import type { AlarmStore } from './alarms/alarm-store.ts';

const namedAlarms =
  (account: Account) =>
  (input: OperationInput): readonly string[] => {
    const names: readonly unknown[] = Array.isArray(input['AlarmNames']) ? input['AlarmNames'] : [];
    const arns = names.filter((name) => typeof name === 'string').map((name) => arnOf(account, 'cloudwatch', `alarm:${name}`));
    return arns.length === 0 ? [arnOf(account, 'cloudwatch', 'alarm:*')] : arns;
  };

const namedDashboards =
  (account: Account) =>
  (input: OperationInput): readonly string[] => {
    const names: readonly unknown[] = Array.isArray(input['DashboardNames']) ? input['DashboardNames'] : [input['DashboardName'] ?? '*'];
    // They are of an account and of no region.
    return names.map((name) => arnOf({ ...account, region: '' }, 'cloudwatch', `dashboard/${String(name)}`));
  };

/** What IAM must allow for CloudWatch. */
export const cloudWatchAuthorization = (account: Account, alarms: AlarmStore): ServiceAuthorization => {
  const byNames = namedAlarms(account);
  return serviceAuthorization({
    account,
    prefix: 'cloudwatch',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: { alarmname: (input) => textIn(input, 'ResourceARN', 'AlarmName') },
    resources: {
      // "You must be signed on with the permission that is scoped to *" (API reference of each).
      PutCompositeAlarm: () => ['*'],
      DeleteAlarms: byNames,
      DeleteDashboards: namedDashboards(account),
      GetDashboard: namedDashboards(account),
      PutDashboard: namedDashboards(account),
      DescribeAlarms: byNames,
      DisableAlarmActions: byNames,
      EnableAlarmActions: byNames,
      ListTagsForResource: (input) => [textIn(input, 'ResourceARN') ?? '*'],
      TagResource: (input) => [textIn(input, 'ResourceARN') ?? '*'],
      UntagResource: (input) => [textIn(input, 'ResourceARN') ?? '*'],
    },
    // Metrics are no resources: a namespace is the only thing that a policy can tell apart.
    contextOf: (arn, input) => ({
      'cloudwatch:namespace': textIn(input, 'Namespace'),
      ...resourceTags(alarms.list().find((alarm) => alarm.arn === arn)?.tags ?? []),
    }),
  });
};
