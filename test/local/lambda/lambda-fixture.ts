import { LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { LambdaService } from '../../../local/lambda/lambda-service.ts';
import { createLambdaService } from '../../../local/lambda/lambda-service.ts';
import type { EnvironmentLimits } from '../../../local/lambda/worker/environment-pool.ts';
import type { ResourceState } from '../../../local/cloudformation/resource-provider.ts';
import type { Clock } from '../../../local/clock.ts';
import type { SqsService } from '../../../local/sqs/sqs-service.ts';
import { createSqsService } from '../../../local/sqs/sqs-service.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import { serve, testAccount } from '../service-endpoint.ts';

export const testRole = 'arn:aws:iam::123456789012:role/function-role';

export interface LogLine {
  readonly logGroup: string;
  readonly logStream: string;
  readonly message: string;
}

export interface LambdaFixture {
  readonly service: LambdaService;
  readonly sqs: SqsService;
  readonly client: LambdaClient;
  readonly logs: LogLine[];
  /** What Lambda sent to queues by itself. */
  readonly sent: readonly { readonly queueArn: string; readonly body: string }[];
  /** Makes a function through CloudFormation from the source of its `index.mjs`. */
  deploy(source: string, properties?: Readonly<Record<string, unknown>>): Promise<ResourceState>;
  /** Puts a package where functions find theirs; answers `Code` for it. */
  upload(files: Readonly<Record<string, string>>): { readonly S3Bucket: string; readonly S3Key: string };
  /** The log lines of a function's own log group. */
  linesOf(functionName: string): readonly string[];
  stop(): Promise<void>;
}

/** A Lambda and an SQS of their own, with an SDK client. */
export const startLambda = async (
  clock: Clock,
  options: { readonly environments?: EnvironmentLimits; readonly credentialsLastMs?: number } = {},
): Promise<LambdaFixture> => {
  const objects = new Map<string, Buffer>();
  const logs: LogLine[] = [];
  const sent: { queueArn: string; body: string }[] = [];
  const sqs = createSqsService({ account: testAccount, clock, endpoint: () => 'http://127.0.0.1:1' });
  const service = createLambdaService({
    account: testAccount,
    clock,
    ...options,
    ports: {
      readObject: (_bucket, key) => Promise.resolve(objects.get(key) ?? Buffer.alloc(0)),
      assumeRole: () => {
        const expiresAtMs = clock.now() + (options.credentialsLastMs ?? 3_600_000);
        return Promise.resolve({ accessKeyId: 'ASIAROLE', secretAccessKey: 'role-secret', sessionToken: 'role-token', expiresAtMs });
      },
      appendLog: (message, { logGroup, logStream }) => logs.push({ logGroup, logStream, message }),
      sendToQueue: (body, { queueArn }) => void sent.push({ queueArn, body }),
      maySendToQueue: (_roleArn, queueArn) => !queueArn.endsWith(':closed'),
      missingQueuePermission: () => undefined,
      endpoint: () => 'http://127.0.0.1:1',
      queues: sqs.reader,
    },
  });
  const endpoint = await serve(service.api);
  const client = new LambdaClient(endpoint.config);
  let count = 0;
  const upload: LambdaFixture['upload'] = (files) => {
    count += 1;
    const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, source]) => [name, strToU8(source)])));
    objects.set(`asset-${count}.zip`, Buffer.from(zip));
    return { S3Bucket: 'assets', S3Key: `asset-${count}.zip` };
  };
  const deploy: LambdaFixture['deploy'] = (source, properties = {}) => {
    const Code = upload({ 'index.mjs': source });
    const basics = { Code, Handler: 'index.handler', Role: testRole, Runtime: 'nodejs24.x', Architectures: ['arm64'] };
    return providerOf(service.resources, 'AWS::Lambda::Function').create({ ...basics, ...properties }, resourceContext('Fn'));
  };
  const stop = async (): Promise<void> => {
    client.destroy();
    await endpoint.stop();
    await service.stop();
  };
  const linesOf = (name: string): readonly string[] =>
    logs.filter(({ logGroup }) => logGroup === `/aws/lambda/${name}`).map(({ message }) => message);
  return { service, sqs, client, logs, sent, deploy, upload, linesOf, stop };
};
