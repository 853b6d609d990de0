import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { resourceGrammar } from '../../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import { arn } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { notFound } from '../pca-errors.ts';

const existing = ['PENDING_CERTIFICATE', 'ACTIVE', 'DISABLED', 'EXPIRED'] as const;
const byResource = z.object({ ResourceArn: arn });

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_PutPolicy.html */
export const putPolicy =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const { ResourceArn, Policy } = parseInput(byResource.extend({ Policy: z.string().min(1).max(81_920) }), members);
    const authority = authorities.getIn(ResourceArn, existing);
    parsePolicyDocument(Policy, resourceGrammar, ({ message }) => new AwsError('InvalidPolicyException', message));
    authority.policy = Policy;
    return undefined;
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetPolicy.html */
export const getPolicy =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const { ResourceArn } = parseInput(byResource, members);
    const { policy: Policy } = authorities.getIn(ResourceArn, existing);
    if (Policy === undefined) throw notFound(`a policy of ${ResourceArn}`);
    return { Policy };
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_DeletePolicy.html: succeeds where there is none. */
export const deletePolicy =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    authorities.getIn(parseInput(byResource, members).ResourceArn, existing).policy = undefined;
    return undefined;
  };
