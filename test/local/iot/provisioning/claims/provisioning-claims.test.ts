import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AttachPolicyCommand,
  CreateProvisioningClaimCommand,
  CreateProvisioningTemplateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
} from '@aws-sdk/client-iot';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { createPolicyAuthorizer } from '../../../../../local/iot/policy/policy-authorizer.ts';
import { expectRefusal, startControlPlane, type TestControlPlane } from '../../control-plane/test-control-plane.ts';
import { testAccount } from '../../../service-endpoint.ts';
import { simpleTemplate } from '../provisioning-world.ts';

const fiveMinutesMs = 5 * 60_000;

describe('a temporary claim of a trusted user', () => {
  let started: TestControlPlane;
  beforeAll(async () => {
    started = await startControlPlane();
    await started.iot.send(
      new CreateProvisioningTemplateCommand({
        templateName: 'lamps',
        templateBody: JSON.stringify(simpleTemplate),
        provisioningRoleArn: 'arn:aws:iam::123456789012:role/provisioning',
      }),
    );
  });
  afterAll(() => started.stop());

  const createClaim = async () => {
    const {
      certificateId = '',
      certificatePem = '',
      keyPair,
      expiration,
    } = await started.iot.send(new CreateProvisioningClaimCommand({ templateName: 'lamps' }));
    const certificate = new X509Certificate(certificatePem);
    return { certificateId, certificate, keyPair, expiration, der: certificate.raw };
  };

  test('is a certificate with its keys', async () => {
    const { certificateId, certificate, keyPair } = await createClaim();
    expect(certificateId).toMatch(/^[0-9a-f]{64}$/);
    expect(certificate.checkPrivateKey(createPrivateKey(keyPair?.PrivateKey ?? ''))).toBe(true);
    expect(createPublicKey(keyPair?.PublicKey ?? '').equals(certificate.publicKey)).toBe(true);
  });

  test('authenticates for exactly five minutes', async () => {
    const { der, certificateId, certificate, expiration } = await createClaim();
    expect(expiration?.getTime()).toBe(started.clock.now() + fiveMinutesMs);
    expect(certificate.validToDate.getTime()).toBe(expiration?.getTime());
    started.clock.advance(fiveMinutesMs - 1);
    expect(started.plane.directory.authenticate(der)).toEqual({ isAuthenticated: true, certificateId });
    started.clock.advance(1);
    expect(started.plane.directory.authenticate(der)).toEqual({ isAuthenticated: false, certificateId, reason: 'NOT_AUTHENTICATED' });
    expect(started.plane.provisioning.isExpiredClaim(certificateId)).toBe(true);
  });

  test('is forgotten at last', async () => {
    const { der } = await createClaim();
    started.clock.advance(fiveMinutesMs + 60 * 60_000);
    expect(started.plane.directory.authenticate(der)).toMatchObject({ reason: 'DEVICE_CERTIFICATE_NOT_REGISTERED' });
  });

  test('is no certificate of the account', async () => {
    const { certificateId } = await createClaim();
    const { certificates } = await started.iot.send(new ListCertificatesCommand({}));
    expect(certificates).toEqual([]);
    await expectRefusal(started.iot.send(new DescribeCertificateCommand({ certificateId })), 'ResourceNotFoundException', 404);
    const target = `arn:aws:iot:${testAccount.region}:${testAccount.accountId}:cert/${certificateId}`;
    await started.plane.client.call('CreatePolicy', {
      policyName: `p-${certificateId.slice(0, 8)}`,
      policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:*', Resource: '*' } }),
    });
    const attach = new AttachPolicyCommand({ policyName: `p-${certificateId.slice(0, 8)}`, target });
    await expectRefusal(started.iot.send(attach), 'ResourceNotFoundException', 404);
  });

  test('needs a template', async () => {
    const claim = new CreateProvisioningClaimCommand({ templateName: 'missing' });
    await expectRefusal(started.iot.send(claim), 'ResourceNotFoundException', 404);
  });

  test.each([
    ['iot:Connect', 'any-client', 'allowed'],
    ['iot:Publish', '$aws/certificates/create/json', 'allowed'],
    ['iot:Publish', '$aws/certificates/create-from-csr/cbor', 'allowed'],
    ['iot:Subscribe', '$aws/certificates/create-from-csr/json/accepted', 'allowed'],
    ['iot:Receive', '$aws/provisioning-templates/lamps/provision/json/rejected', 'allowed'],
    ['iot:Publish', '$aws/provisioning-templates/lamps/provision/json', 'allowed'],
    ['iot:Publish', '$aws/provisioning-templates/toasters/provision/json', 'implicitDeny'],
    ['iot:Subscribe', '$aws/provisioning-templates/toasters/provision/json/accepted', 'implicitDeny'],
    ['iot:Publish', 'telemetry', 'implicitDeny'],
    ['iot:Subscribe', '#', 'implicitDeny'],
    ['iot:RetainPublish', '$aws/certificates/create/json', 'implicitDeny'],
  ] as const)('for %s on %s is %s', async (action, name, expected) => {
    const { certificateId } = await createClaim();
    const { directory } = started.plane;
    const authorizer = createPolicyAuthorizer({ account: testAccount, clock: started.clock, directory });
    const subject = { certificateId, clientId: 'any-client', sourceIp: '127.0.0.1' };
    expect(authorizer.authorize(subject, { action, name })).toBe(expected);
  });

  test('loses its connections when it expires', async () => {
    const told: unknown[] = [];
    started.plane.registry.certificateListeners.add((...what) => told.push(what));
    const { certificateId } = await createClaim();
    started.clock.advance(fiveMinutesMs);
    expect(told).toContainEqual([certificateId, 'DELETED']);
  });
});
