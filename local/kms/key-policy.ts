import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import { contextOf } from '../policy/context.ts';
import { selects } from '../policy/evaluate.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../policy/parse-policy.ts';
import type { PolicyStatement } from '../policy/policy-document.ts';

/** KMS Developer Guide, "Resource quotas": key policy document size. */
const maxPolicyBytes = 32_768;

const malformed = (detail: string): AwsError => new AwsError('MalformedPolicyDocumentException', `The key policy is refused: ${detail}.`);

const lets = ({ effect, actions }: PolicyStatement, action: string): boolean =>
  effect === 'Allow' && !actions.isNegated && selects(actions, action, contextOf({}));

/**
 * Refuses what `CreateKey` and `PutKeyPolicy` refuse: no JSON policy, a statement without a `Principal`, one longer
 * than 32 KiB, and, unless the caller bypasses the check, one that lets nobody change the policy again.
 */
export const requireValidKeyPolicy = (policy: string, skipsLockoutCheck: boolean): void => {
  if (Buffer.byteLength(policy) > maxPolicyBytes)
    throw new AwsError('LimitExceededException', `The key policy is longer than ${maxPolicyBytes} bytes.`);
  const { statements } = parsePolicyDocument(policy, resourceGrammar, ({ message }) => malformed(message));
  if (statements.some(({ principals }) => principals?.isNegated !== false)) throw malformed('a statement names no principal');
  if (skipsLockoutCheck || statements.some((statement) => lets(statement, 'kms:PutKeyPolicy'))) return;
  throw malformed('The new key policy will not allow you to update the key policy in the future');
};

/** What a key gets when `CreateKey` names no policy (KMS Developer Guide, "Default key policy"). */
export const defaultKeyPolicy = (account: Account): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${account.partition}:iam::${account.accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
