import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  DetachThingPrincipalCommand,
  ListTargetsForPolicyCommand,
  ListThingPrincipalsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { createIotCertificateRetirement } from '../../../aws/iot/certificate-retirement.ts';
import { certificateId, thingName } from '../../../domain/identifiers.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { type TestControlPlane, fresh, policyDocument, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

/** An active certificate with a policy and a thing, as fleet provisioning leaves it. */
const aProvisionedThing = async () => {
  const thing = z.parse(thingName, fresh('thing'));
  const policyName = fresh('policy');
  const created = await plane.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive: true }));
  const principal = created.certificateArn ?? '';
  await plane.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  await plane.iot.send(new CreateThingCommand({ thingName: thing }));
  await plane.iot.send(new AttachPolicyCommand({ policyName, target: principal }));
  await plane.iot.send(new AttachThingPrincipalCommand({ thingName: thing, principal }));
  return { thing, policyName, principal, certificate: z.parse(certificateId, created.certificateId) };
};

const isGone = async (certificate: string): Promise<boolean> => {
  try {
    await plane.iot.send(new DescribeCertificateCommand({ certificateId: certificate }));
    return false;
  } catch (error) {
    return error instanceof Error && error.name === 'ResourceNotFoundException';
  }
};

describe('Retiring a certificate at AWS IoT', () => {
  test('takes it out of use, detaches what was attached, and deletes it', async () => {
    const { thing, policyName, certificate } = await aProvisionedThing();
    await createIotCertificateRetirement(plane.iot).retire(certificate, thing);
    expect(await isGone(certificate)).toBe(true);
    expect((await plane.iot.send(new ListThingPrincipalsCommand({ thingName: thing }))).principals).toEqual([]);
    expect((await plane.iot.send(new ListTargetsForPolicyCommand({ policyName }))).targets).toEqual([]);
  });

  test('leaves the certificate in use alone', async () => {
    const { thing, certificate } = await aProvisionedThing();
    const inUse = await aProvisionedThing();
    await createIotCertificateRetirement(plane.iot).retire(certificate, thing);
    expect(await isGone(inUse.certificate)).toBe(false);
  });

  test('succeeds when that is already so', async () => {
    const { thing, certificate } = await aProvisionedThing();
    const retirement = createIotCertificateRetirement(plane.iot);
    await retirement.retire(certificate, thing);
    await expect(retirement.retire(certificate, thing)).resolves.toBeUndefined();
    await expect(retirement.retire(aCertificateId('never issued'), thing)).resolves.toBeUndefined();
  });

  test('finishes what somebody began', async () => {
    const { thing, certificate, principal } = await aProvisionedThing();
    await plane.iot.send(new UpdateCertificateCommand({ certificateId: certificate, newStatus: 'INACTIVE' }));
    await plane.iot.send(new DetachThingPrincipalCommand({ thingName: thing, principal }));
    await createIotCertificateRetirement(plane.iot).retire(certificate, thing);
    expect(await isGone(certificate)).toBe(true);
  });
});
