import {
  DescribeAccountAuditConfigurationCommand,
  DescribeEncryptionConfigurationCommand,
  IoTClient,
  ListCertificateProvidersCommand,
} from '@aws-sdk/client-iot';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  GetAccountSettingsCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { strToU8, zipSync } from 'fflate';

import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

let aws: LocalAws;
let lambda: LambdaClient;
let iot: IoTClient;
let quotas: ServiceQuotasClient;

beforeAll(async () => {
  aws = await startLocalAws({ region: 'eu-west-3' });
  const config = { endpoint: aws.endpoint, region: 'eu-west-3', credentials: aws.credentials, maxAttempts: 1 };
  [lambda, iot, quotas] = [new LambdaClient(config), new IoTClient(config), new ServiceQuotasClient(config)];
  const iam = new IAMClient(config);
  const Statement = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'f', AssumeRolePolicyDocument }));
  const Code = { ZipFile: zipSync({ 'index.mjs': strToU8('export const handler = async () => 1;') }) };
  for (const FunctionName of ['one', 'two'])
    await lambda.send(new CreateFunctionCommand({ FunctionName, Role: Role?.Arn, Runtime: 'nodejs24.x', Handler: 'index.handler', Code }));
  iam.destroy();
});
afterAll(async () => {
  for (const client of [lambda, iot, quotas]) client.destroy();
  await aws.stop();
});

const settings = async () => (await lambda.send(new GetAccountSettingsCommand({}))) as unknown;

const concurrencyGuide = 'Lambda developer guide, "Configuring reserved concurrency for a function"';

documented(concurrencyGuide, 'reservations take from the account’s concurrency, of which 100 stay for the others', async () => {
  expect(await settings()).toMatchObject({
    AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000, TotalCodeSize: 80_530_636_800 },
    AccountUsage: { FunctionCount: 2 },
  });
  const reserve = (FunctionName: string, ReservedConcurrentExecutions: number) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  await reserve('one', 900);
  expect(await settings()).toMatchObject({ AccountLimit: { UnreservedConcurrentExecutions: 100 } });
  await expect(reserve('two', 1)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await reserve('two', 0);
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'two' }))).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  await reserve('one', 800);
  await reserve('two', 100);
});

documented('Service Quotas API reference', 'quotas are listed by service, and read by their code', async () => {
  const { Quotas = [] } = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'lambda' }));
  expect(Quotas).toMatchObject([{ QuotaCode: 'L-B99A9384', QuotaName: 'Concurrent executions', Value: 1000, Adjustable: true }, {}]);
  const one = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' };
  expect((await quotas.send(new GetServiceQuotaCommand(one))).Quota).toMatchObject({ Value: 1000 });
  expect((await quotas.send(new GetAWSDefaultServiceQuotaCommand(one))).Quota).toMatchObject({ Value: 1000 });
  const unknown = quotas.send(new GetServiceQuotaCommand({ ...one, QuotaCode: 'L-00000000' }));
  await expect(unknown).rejects.toMatchObject({ name: 'NoSuchResourceException' });
  await expect(quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'x' }))).rejects.toMatchObject({ name: 'NoSuchResourceException' });
});

documented('General Reference, "AWS IoT Core endpoints and quotas"', 'AWS IoT’s quotas are those of the region', async () => {
  const first = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'iotcore', MaxResults: 2 }));
  expect(first.Quotas).toMatchObject([{ Value: 100_000 }, { QuotaName: 'Connect requests per second per account', Value: 100 }]);
  const next = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'iotcore', NextToken: first.NextToken }));
  expect(next.Quotas).toContainEqual(expect.objectContaining({ QuotaName: 'CreateKeysAndCertificate API TPS', Value: 10 }));
});

documented(
  'AWS IoT API reference',
  'an account that nobody has touched audits nothing, encrypts with AWS’s keys, and signs itself',
  async () => {
    const { auditCheckConfigurations = {} } = await iot.send(new DescribeAccountAuditConfigurationCommand({}));
    expect(Object.values(auditCheckConfigurations).filter(({ enabled }) => enabled === true)).toEqual([]);
    expect(await iot.send(new DescribeEncryptionConfigurationCommand({}))).toMatchObject({ encryptionType: 'AWS_OWNED_KMS_KEY' });
    expect((await iot.send(new ListCertificateProvidersCommand({}))).certificateProviders).toEqual([]);
  },
);
