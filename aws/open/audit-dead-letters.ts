import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AuditDeadLetters } from '../../domain/audit/dead-letters.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { DeploymentNotFoundError } from '../cloudformation/deployment-error.ts';
import { createSqsAuditDeadLetters } from '../sqs/audit-dead-letters.ts';
import { readStackOutputs } from '../cloudformation/read-stack.ts';

/**
 * The dead letters of the deployment that a configuration describes, with the credentials that the AWS SDK finds by itself.
 * @throws DeploymentNotFoundError
 */
export const openAuditDeadLetters = async ({ prefix }: Configuration): Promise<AuditDeadLetters> => {
  const { audit } = stackNames(prefix);
  const outputs = await readStackOutputs(new CloudFormationClient(), audit);
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw new DeploymentNotFoundError(audit, `it has no output "${name}"`);
    return value;
  };
  const resources = { queueUrl: output('AuditDeadLettersUrl'), functionName: output('AuditIntakeName') };
  return createSqsAuditDeadLetters({ sqs: new SQSClient(), lambda: new LambdaClient() }, resources);
};
