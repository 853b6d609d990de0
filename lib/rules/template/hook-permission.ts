import { type Mistake, ruleFor } from '../rule.ts';

const SOURCE =
  /^arn:[^:]+:iot:[^:]+:[^:]+:(provisioningtemplate\/[0-9A-Za-z_-]+|authorizer\/[\w=,@-]+|certificateprovider[:/][\w=,@-]+|rule\/\w+)$/;

/**
 * AWS IoT may call a function that decides who comes in for one template (DG:pre-provisioning-hook, "cross-service confused
 * deputy"), one authorizer (DG:custom-auth-lambda), one certificate provider (DG:provisioning-cert-provider) or one topic rule
 * (DG:lambda-rule-action) of this account.
 */
export const hookPermission = ruleFor(
  'AWS::Lambda::Permission',
  { name: 'hook-open-to-others', why: 'AWS IoT acts for every account: without both conditions, any of them may call the function.' },
  ({ properties }) => {
    if (properties['Principal'] !== 'iot.amazonaws.com') return [];
    return [...sourceMistakes(properties['SourceArn']), ...accountMistakes(properties['SourceAccount'])];
  },
);

const sourceMistakes = (source: unknown): readonly Mistake[] =>
  typeof source === 'string' && SOURCE.test(source)
    ? []
    : [
        {
          got: `${JSON.stringify(source)} as SourceArn`,
          allowed: 'the ARN of one provisioning template, authorizer, certificate provider or topic rule, without wildcards',
          fix: 'name it',
        },
      ];

const accountMistakes = (account: unknown): readonly Mistake[] =>
  typeof account === 'string' ? [] : [{ got: 'no SourceAccount', allowed: 'this account', fix: 'add it' }];
