import 'reflect-metadata';
import {
  CreateCertificateFromCsrCommand,
  CreateCertificateProviderCommand,
  type CreateCertificateProviderCommandInput,
  DeleteCertificateProviderCommand,
  DescribeCertificateCommand,
  DescribeCertificateProviderCommand,
  ListCertificateProvidersCommand,
  ListTagsForResourceCommand,
  UpdateCertificateProviderCommand,
} from '@aws-sdk/client-iot';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { makeAuthority } from '../local/iot/own-ca/test-authority.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';
import { assumed, documented } from './fact.ts';
import { topics } from './provisioning-device.ts';
import { startProvisioning } from './start-provisioning.ts';

const guide = 'IoT developer guide, "Self-managed certificate signing using AWS IoT Core certificate provider"';
const reference = (operation: string): string => `API reference, ${operation}`;

const world = await startProvisioning();
const settlingMs = 120_000;

/** What a device has before it asks: keys and a request, both as it makes them itself. */
const ec = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const makeRequest = async (name = 'CN=lamp-1') => {
  const keys = await webcrypto.subtle.generateKey(ec, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm: ec });
  return { keys, name, pem: request.toString('pem') };
};

const answering = (certificatePem: string): string => `export const handler = () => (${JSON.stringify({ certificatePem })});`;

const create = (lambdaFunctionArn: string, more: Partial<CreateCertificateProviderCommandInput> = {}) =>
  world.iot.send(
    new CreateCertificateProviderCommand({
      ...{ certificateProviderName: 'signer', lambdaFunctionArn, accountDefaultForOperations: ['CreateCertificateFromCsr'] },
      ...more,
    }),
  );

/** A provider in effect. */
const provide = async (source: string, { isPermitted = true } = {}): Promise<string> => {
  const functionArn = await world.function(source, { isPermitted });
  await create(functionArn);
  world.clock.advance(settlingMs);
  return functionArn;
};

const remove = (certificateProviderName = 'signer') => world.iot.send(new DeleteCertificateProviderCommand({ certificateProviderName }));

const ask = async (certificateSigningRequest: string) => (await world.device()).request(topics.csr, { certificateSigningRequest });

const refused = {
  result: 'rejected',
  body: { statusCode: 403, errorCode: 'AccessDenied', errorMessage: expect.any(String) as string },
};

afterEach(async () => {
  const { certificateProviders = [] } = await world.iot.send(new ListCertificateProvidersCommand({}));
  for (const { certificateProviderName } of certificateProviders) await remove(certificateProviderName);
  world.clock.advance(1000);
});

describe('A certificate provider', () => {
  documented(guide, 'is described, changed, listed and deleted, with its tags', async () => {
    const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:signer';
    const made = await create(functionArn, { tags: [{ Key: 'line', Value: 'lamp' }] });
    const certificateProviderArn = world.arn('iot', 'certificateprovider/signer');
    expect(made).toMatchObject({ certificateProviderName: 'signer', certificateProviderArn });
    const changed = { certificateProviderName: 'signer', lambdaFunctionArn: `${functionArn}-2` };
    await world.iot.send(new UpdateCertificateProviderCommand(changed));
    const described = await world.iot.send(new DescribeCertificateProviderCommand({ certificateProviderName: 'signer' }));
    expect(described).toMatchObject({ ...changed, certificateProviderArn, accountDefaultForOperations: ['CreateCertificateFromCsr'] });
    const tags = await world.iot.send(new ListTagsForResourceCommand({ resourceArn: certificateProviderArn }));
    expect(tags.tags).toEqual([{ Key: 'line', Value: 'lamp' }]);
    const listed = await world.iot.send(new ListCertificateProvidersCommand({}));
    expect(listed.certificateProviders).toEqual([{ certificateProviderName: 'signer', certificateProviderArn }]);
    await remove();
    await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  assumed('certificate-provider.second-refusal', 'is the only one of its account', async () => {
    const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:signer';
    await create(functionArn);
    world.clock.advance(1000);
    await expect(create(functionArn)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    world.clock.advance(1000);
    const second = create(functionArn, { certificateProviderName: 'another' });
    await expect(second).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  documented(reference('CreateCertificateProvider'), 'is for one operation', async () => {
    const none = create('arn:aws:lambda:us-east-1:123456789012:function:signer', { accountDefaultForOperations: [] });
    await expect(none).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  documented(guide, 'is told request, principal and client id, and what it signs is the device’s', async () => {
    const authority = await makeAuthority();
    const { keys, name, pem } = await makeRequest();
    const { cert, id } = await authority.issue({ keys, name });
    await provide(`export const handler = (event) => { if (Object.keys(event).sort().join() !== 'certificateSigningRequest,clientId,principalId'
      || !/^[0-9a-f]{64}$/.test(event.principalId) || !event.clientId.startsWith('client')) throw new Error(JSON.stringify(event));
      return ${JSON.stringify({ certificatePem: cert })}; };`);
    const { result, body } = await ask(pem);
    expect([result, body]).toMatchObject(['accepted', { certificateId: id, certificatePem: cert }]);
  });

  assumed(
    'certificate-provider.certificate-mode',
    'makes certificates whose devices have to send SNI, pending until they are provisioned',
    async () => {
      const authority = await makeAuthority();
      const { keys, name, pem } = await makeRequest();
      const { cert, id } = await authority.issue({ keys, name });
      await provide(answering(cert));
      await ask(pem);
      const { certificateDescription } = await world.iot.send(new DescribeCertificateCommand({ certificateId: id }));
      expect(certificateDescription).toMatchObject({ status: 'PENDING_ACTIVATION', certificateMode: 'SNI_ONLY' });
    },
  );

  assumed('certificate-provider.effective-after-ms', 'is asked two minutes after it was made, and no more when it is deleted', async () => {
    await create(await world.function('export const handler = () => { throw new Error(); };'));
    world.clock.advance(settlingMs - 10_000);
    expect((await ask(requestPem())).result).toBe('accepted');
    world.clock.advance(10_000);
    expect((await ask(requestPem())).result).toBe('rejected');
    await remove();
    expect((await ask(requestPem())).result).toBe('accepted');
  });

  documented(reference('CreateCertificateProvider'), 'changes what fleet provisioning does, and not the control plane', async () => {
    await provide('export const handler = () => { throw new Error(); };');
    const made = await world.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem() }));
    expect(made.certificateId).toMatch(/^[0-9a-f]{64}$/);
  });

  documented(guide, 'has to be permitted by its own ARN', async () => {
    const authority = await makeAuthority();
    const { keys, name, pem } = await makeRequest();
    const { cert } = await authority.issue({ keys, name });
    const FunctionName = await provide(answering(cert), { isPermitted: false });
    const permit = (StatementId: string, providerName: string) =>
      world.lambda.send(
        new AddPermissionCommand({
          ...{ FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com' },
          ...{ SourceArn: world.arn('iot', `certificateprovider/${providerName}`), SourceAccount: world.aws.account.accountId },
        }),
      );
    await permit('another', 'another');
    expect(await ask(pem)).toMatchObject(refused);
    await permit('own', 'signer');
    expect((await ask(pem)).result).toBe('accepted');
  });
});

describe('A device is refused', () => {
  documented(guide, 'when subject or key are not the request’s, or it has expired', async () => {
    const authority = await makeAuthority();
    const { keys, name, pem } = await makeRequest();
    const wrong = [
      await authority.issue({ keys, name: 'CN=lamp-2' }),
      await authority.issue({ name }),
      await authority.issue({ keys, name, notAfter: new Date('2021-01-01T00:00:00Z') }),
    ];
    for (const { cert } of wrong) {
      await provide(answering(cert));
      expect(await ask(pem)).toMatchObject(refused);
      await remove();
      world.clock.advance(1000);
    }
  });

  assumed('provisioning.rejected-certificate-provider-failed', 'when the provider throws, or answers no certificate', async () => {
    for (const source of ['() => { throw new Error("no"); }', '() => ({})', '() => ({ certificatePem: "none" })']) {
      await provide(`export const handler = ${source};`);
      expect(await ask(requestPem())).toMatchObject(refused);
      await remove();
      world.clock.advance(1000);
    }
  });

  documented(guide, 'when the provider takes more than five seconds', async () => {
    await provide('export const handler = () => new Promise((resolve) => setTimeout(resolve, 10_000, {}));');
    const began = world.clock.now();
    expect(await ask(requestPem())).toMatchObject(refused);
    expect(world.clock.now() - began).toBeGreaterThanOrEqual(5000);
  });
});
