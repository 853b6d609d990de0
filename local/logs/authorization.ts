import { arnOf } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { LogsDependencies } from './logs-dependencies.ts';
import { queriedGroups } from './insights/started-query.ts';

const tagging = ['ListTagsForResource', 'TagResource', 'UntagResource'] as const;

const plainName = (reference: string): string => reference.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, '').replace(/:\*$/, '');

const groupNameIn = (input: OperationInput): string | undefined => {
  const reference = textIn(input, 'logGroupName', 'logGroupIdentifier', 'resourceIdentifier');
  return reference === undefined ? undefined : plainName(reference);
};

/** What IAM must allow for CloudWatch Logs. */
export const logsAuthorization = ({ account, logs, resourcePolicies }: LogsDependencies): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  const groupArn = (name: string, stream = ''): string => arnOf(account, 'logs', `log-group:${name}:log-stream:${stream}`);
  const taggedArn = (input: OperationInput): readonly string[] => [textIn(input, 'resourceArn') ?? '*'];
  const queriedArns = (input: OperationInput): readonly string[] => {
    const arns = queriedGroups(input).map((name) => groupArn(plainName(name)));
    return arns.length === 0 ? ['*'] : arns;
  };
  return serviceAuthorization({
    account,
    prefix: 'logs',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: {
      // CloudWatch Logs User Guide, "CloudWatch Logs resources": all but tagging asks for the group with what follows it,
      // so that a policy has to end in `:*`.
      loggroupname: (input) => {
        const name = groupNameIn(input);
        const stream = textIn(input, 'logStreamName') ?? '';
        return name === undefined ? undefined : groupArn(name, stream);
      },
      logstreamname: (input) => textIn(input, 'logStreamName'),
    },
    resources: {
      ...Object.fromEntries(tagging.map((operation) => [operation, taggedArn])),
      StartQuery: (input) => queriedArns(input),
      DescribeLogGroups: () => [arnOf(account, 'logs', 'log-group::log-stream:')],
    },
    policiesOf: (arn) => (arn.includes(':log-group:') ? { documents: [...resourcePolicies.values()].map(read) } : undefined),
    contextOf: (arn) => resourceTags(logs.find(/:log-group:([^:]+)/.exec(arn)?.[1] ?? '')?.tags ?? []),
  });
};
