import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import type { DeployedArchive } from '../../domain/audit/verification/archive.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { DeploymentNotFoundError } from '../cloudformation/deployment-error.ts';
import { createS3Archive } from '../s3/archive.ts';
import { readStack } from '../cloudformation/read-stack.ts';

/**
 * The archive of the deployment that a configuration describes, with the credentials, region and endpoints that the AWS SDK
 * finds by itself.
 * @throws DeploymentNotFoundError
 */
export const openDeployedArchive = async (
  { prefix }: Configuration,
  cloudFormation = new CloudFormationClient(),
): Promise<DeployedArchive> => {
  const { data } = stackNames(prefix);
  const { outputs, createdAt } = await readStack(cloudFormation, data);
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw new DeploymentNotFoundError(data, `it has no output "${name}"`);
    return value;
  };
  const [bucket, KeyId] = [output('AuditArchiveBucketName'), output('AuditSigningKeyArn')];
  return {
    archive: createS3Archive(new S3Client(), bucket),
    begunAt: createdAt,
    async publicKey() {
      const { PublicKey = new Uint8Array() } = await new KMSClient().send(new GetPublicKeyCommand({ KeyId }));
      return pemOf(PublicKey);
    },
  };
};

const pemOf = (der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
};
