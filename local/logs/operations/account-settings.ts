import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { resourceGrammar } from '../../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import type { LogsDependencies } from '../logs-dependencies.ts';

const refusal = 'InvalidParameterException';

/** CloudWatch Logs quotas: resource policies per region and account. */
const maxPolicies = 10;

const policyInput = z.object({ policyName: z.string().min(1), policyDocument: z.string().min(1).max(5120) });

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html; stored and validated. */
export const putResourcePolicy =
  ({ resourcePolicies, clock }: LogsDependencies): Operation =>
  (members) => {
    const { policyName, policyDocument } = parseInput(policyInput, members, refusal);
    parsePolicyDocument(
      policyDocument,
      resourceGrammar,
      ({ message }) => new AwsError(refusal, `The resource policy is refused: ${message}.`),
    );
    if (!resourcePolicies.has(policyName) && resourcePolicies.size >= maxPolicies) {
      throw new AwsError('LimitExceededException', `An account has at most ${maxPolicies} resource policies in a region.`);
    }
    resourcePolicies.set(policyName, policyDocument);
    return { resourcePolicy: { policyName, policyDocument, lastUpdatedTime: clock.now() } };
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy =
  ({ resourcePolicies }: LogsDependencies): Operation =>
  (members) => {
    const { policyName } = parseInput(z.object({ policyName: z.string() }), members, refusal);
    if (!resourcePolicies.delete(policyName))
      throw new AwsError('ResourceNotFoundException', `Policy with name [${policyName}] does not exist`);
    return undefined;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html */
export const describeResourcePolicies =
  ({ resourcePolicies }: LogsDependencies): Operation =>
  () => ({ resourcePolicies: [...resourcePolicies].map(([policyName, policyDocument]) => ({ policyName, policyDocument })) });

const queryInput = z.object({
  name: z.string().min(1).max(255),
  queryString: z.string().min(1).max(10_000),
  queryDefinitionId: z.string().optional(),
  logGroupNames: z.array(z.string()).optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html; stored, and never looked at. */
export const putQueryDefinition =
  ({ queryDefinitions }: LogsDependencies): Operation =>
  (members) => {
    const { queryDefinitionId = randomUUID(), ...definition } = parseInput(queryInput, members, refusal);
    queryDefinitions.set(queryDefinitionId, definition);
    return { queryDefinitionId };
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteQueryDefinition.html */
export const deleteQueryDefinition =
  ({ queryDefinitions }: LogsDependencies): Operation =>
  (members) => {
    const { queryDefinitionId } = parseInput(z.object({ queryDefinitionId: z.string() }), members, refusal);
    if (!queryDefinitions.delete(queryDefinitionId))
      throw new AwsError('ResourceNotFoundException', 'The query definition does not exist.');
    return { success: true };
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueryDefinitions.html */
export const describeQueryDefinitions =
  ({ queryDefinitions }: LogsDependencies): Operation =>
  () => ({ queryDefinitions: [...queryDefinitions].map(([queryDefinitionId, definition]) => ({ queryDefinitionId, ...definition })) });
