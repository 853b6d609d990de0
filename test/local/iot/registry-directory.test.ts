import { X509Certificate } from 'node:crypto';
import { createIotControlPlane } from '../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../service-endpoint.ts';
import { requestPem } from './certificate-requests.ts';
import { arn, policyDocument } from './control-plane/test-control-plane.ts';

const setUp = () => {
  const clock = new ManualClock(testStartMs);
  const plane = createIotControlPlane({ account: testAccount, clock });
  const call = plane.client.call.bind(plane.client);
  const newCertificate = async (setAsActive = true) => {
    const created = await call('CreateCertificateFromCsr', { certificateSigningRequest: requestPem(), setAsActive });
    return { id: String(created['certificateId']), der: new X509Certificate(String(created['certificatePem'])).raw };
  };
  const attach = (thingName: string, id: string, thingPrincipalType?: string) =>
    call('AttachThingPrincipal', { thingName, principal: arn(`cert/${id}`), thingPrincipalType });
  const newPolicy = async (name: string, target: string) => {
    await call('CreatePolicy', { policyName: name, policyDocument: policyDocument(arn(`client/${name}`)) });
    await call('AttachPolicy', { policyName: name, target });
  };
  return { clock, plane, call, newCertificate, attach, newPolicy };
};

describe('authentication', () => {
  test('accepts an active certificate', async () => {
    const { plane, newCertificate } = setUp();
    const { id, der } = await newCertificate();
    expect(plane.directory.authenticate(der)).toEqual({ isAuthenticated: true, certificateId: id });
  });

  test('refuses one that is inactive, revoked, pending or not registered, and says which', async () => {
    const { plane, call, newCertificate } = setUp();
    const { id, der } = await newCertificate(false);
    expect(plane.directory.authenticate(der)).toMatchObject({ certificateId: id, reason: 'DEVICE_CERTIFICATE_INACTIVE' });
    await call('UpdateCertificate', { certificateId: id, newStatus: 'REVOKED' });
    expect(plane.directory.authenticate(der)).toMatchObject({ certificateId: id, reason: 'DEVICE_CERTIFICATE_REVOKED' });
    const pending = plane.provisioning.issuePendingCertificate(requestPem());
    const pendingDer = new X509Certificate(pending.certificatePem).raw;
    expect(plane.directory.authenticate(pendingDer)).toMatchObject({ isAuthenticated: false, reason: 'DEVICE_CERTIFICATE_INACTIVE' });
    expect(plane.directory.authenticate(Buffer.from('x'))).toEqual({
      isAuthenticated: false,
      reason: 'DEVICE_CERTIFICATE_NOT_REGISTERED',
    });
  });

  test('refuses one that has expired on the injected clock', async () => {
    const { clock, plane, newCertificate } = setUp();
    const { der } = await newCertificate();
    clock.advance(Date.UTC(2049, 11, 31, 23, 59, 59) - clock.now());
    expect(plane.directory.authenticate(der).isAuthenticated).toBe(true);
    clock.advance(1);
    expect(plane.directory.authenticate(der)).toMatchObject({ isAuthenticated: false, reason: 'NOT_AUTHENTICATED' });
  });
});

describe('the thing of a connection', () => {
  test('is the exclusively attached one, whatever the client id', async () => {
    const { plane, call, newCertificate, attach } = setUp();
    const { id } = await newCertificate();
    await call('CreateThingType', { thingTypeName: 'lamp' });
    await call('CreateThing', { thingName: 'a', thingTypeName: 'lamp', attributePayload: { attributes: { tenant: 'acme' } } });
    await attach('a', id, 'EXCLUSIVE_THING');
    const expected = { thingName: 'a', thingTypeName: 'lamp', attributes: { tenant: 'acme' }, isExclusive: true };
    expect(plane.directory.associatedThing(id, 'anything')).toEqual(expected);
  });

  test('is otherwise the attached one that is named like the client', async () => {
    const { plane, call, newCertificate, attach } = setUp();
    const { id } = await newCertificate();
    for (const thingName of ['a', 'b', 'c']) await call('CreateThing', { thingName });
    await attach('a', id);
    await attach('b', id);
    expect(plane.directory.associatedThing(id, 'b')).toMatchObject({ thingName: 'b', isExclusive: false });
    expect(plane.directory.associatedThing(id, 'c')).toBeUndefined();
    expect(plane.directory.associatedThing(id, 'x')).toBeUndefined();
  });
});

describe('the policies of a connection', () => {
  test('are those of the certificate, of the groups of its thing and of their ancestors', async () => {
    const { plane, call, newCertificate, newPolicy, attach } = setUp();
    const { id } = await newCertificate();
    await call('CreateThingGroup', { thingGroupName: 'root' });
    await call('CreateThingGroup', { thingGroupName: 'child', parentGroupName: 'root' });
    await call('CreateThingGroup', { thingGroupName: 'other' });
    await newPolicy('of-certificate', arn(`cert/${id}`));
    await newPolicy('of-root', arn('thinggroup/root'));
    await newPolicy('of-child', arn('thinggroup/child'));
    await newPolicy('of-other', arn('thinggroup/other'));
    await call('CreateThing', { thingName: 'a' });
    await call('AddThingToThingGroup', { thingName: 'a', thingGroupName: 'child' });
    await attach('a', id, 'EXCLUSIVE_THING');
    const documentOf = (name: string): string => policyDocument(arn(`client/${name}`));
    const thing = plane.directory.associatedThing(id, 'a');
    expect(plane.directory.policyDocuments(id, thing)).toEqual(['of-certificate', 'of-child', 'of-root'].map(documentOf));
    expect(plane.directory.policyDocuments(id, undefined)).toEqual([documentOf('of-certificate')]);
  });

  test('are their default versions', async () => {
    const { plane, call, newCertificate, newPolicy } = setUp();
    const { id } = await newCertificate();
    await newPolicy('p', arn(`cert/${id}`));
    const second = policyDocument(arn('client/second'));
    await call('CreatePolicyVersion', { policyName: 'p', policyDocument: second });
    expect(plane.directory.policyDocuments(id, undefined)).toEqual([policyDocument(arn('client/p'))]);
    await call('SetDefaultPolicyVersion', { policyName: 'p', policyVersionId: '2' });
    expect(plane.directory.policyDocuments(id, undefined)).toEqual([second]);
  });
});

describe('a certificate of fleet provisioning', () => {
  test('is pending until its status is set', async () => {
    const { plane, call } = setUp();
    const { certificateId, certificateArn } = plane.provisioning.issuePendingCertificate(requestPem());
    expect(certificateArn).toBe(arn(`cert/${certificateId}`));
    expect(plane.provisioning.isPending(certificateId)).toBe(true);
    await call('UpdateCertificate', { certificateId, newStatus: 'ACTIVE' });
    expect(plane.provisioning.isPending(certificateId)).toBe(false);
    expect(plane.registry.certificates.get(certificateId)?.status).toBe('ACTIVE');
  });

  test('is discarded while it is pending and attached to nothing', async () => {
    const { plane, call } = setUp();
    const discardedAfter = async (act: (certificateArn: string) => unknown) => {
      const { certificateId, certificateArn } = plane.provisioning.issuePendingCertificate(requestPem());
      await act(certificateArn);
      return plane.provisioning.discardPendingCertificate(certificateId);
    };
    await call('CreatePolicy', { policyName: 'p', policyDocument: policyDocument() });
    await call('CreateThing', { thingName: 'a' });
    expect(await discardedAfter(() => undefined)).toBe(true);
    expect(await discardedAfter((target) => call('AttachPolicy', { policyName: 'p', target }))).toBe(false);
    expect(await discardedAfter((principal) => call('AttachThingPrincipal', { thingName: 'a', principal }))).toBe(false);
    expect(plane.provisioning.discardPendingCertificate('0'.repeat(64))).toBe(false);
  });

  test('with keys made by the service comes with its private key', async () => {
    const { plane } = setUp();
    const made = await plane.provisioning.issuePendingKeysAndCertificate();
    expect(made.privateKey).toContain('BEGIN RSA PRIVATE KEY');
    expect(plane.provisioning.isPending(made.certificateId)).toBe(true);
  });

  test('is not made from a request that AWS refuses', () => {
    const { plane } = setUp();
    expect(() => plane.provisioning.issuePendingCertificate('garbage')).toThrow('certificate signing request (CSR) is not acceptable');
    expect(plane.registry.certificates.size).toBe(0);
  });
});

describe('a provisioning template as provisioning reads it', () => {
  const bodyWithStatus = (status: string): string =>
    JSON.stringify({
      Resources: {
        certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: status } },
      },
    });

  test('has the body of its default version', async () => {
    const { plane, call } = setUp();
    const provisioningRoleArn = 'arn:aws:iam::123456789012:role/provisioning';
    const targetArn = 'arn:aws:lambda:eu-central-1:123456789012:function:hook';
    const input = { templateName: 't', templateBody: bodyWithStatus('INACTIVE'), provisioningRoleArn, preProvisioningHook: { targetArn } };
    await call('CreateProvisioningTemplate', input);
    await call('CreateProvisioningTemplateVersion', { templateName: 't', templateBody: bodyWithStatus('ACTIVE'), setAsDefault: true });
    expect(plane.provisioning.provisioningTemplate('t')).toEqual({
      templateName: 't',
      templateArn: arn('provisioningtemplate/t'),
      type: 'FLEET_PROVISIONING',
      enabled: false,
      defaultVersionId: 2,
      templateBody: bodyWithStatus('ACTIVE'),
      provisioningRoleArn,
      preProvisioningHook: { targetArn, payloadVersion: '2020-04-01' },
    });
    expect(plane.provisioning.provisioningTemplate('missing')).toBeUndefined();
  });
});
