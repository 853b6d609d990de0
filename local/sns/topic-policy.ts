import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../policy/parse-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { Topic } from './topic.ts';

/** What a topic has until somebody sets a policy: its own account may do everything, no service anything. */
export const defaultTopicPolicy = (account: Account, topic: Topic): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topic.arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account.accountId } },
      },
    ],
  });

/** Refuses a policy that is none. */
export const requireTopicPolicy = (text: string): PolicyDocument =>
  parsePolicyDocument(
    text,
    resourceGrammar,
    ({ message }) => new AwsError('InvalidParameter', `Invalid parameter: Policy Error: ${message}`),
  );
