import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  ListThingsInThingGroupCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { createIotDeviceRemoval } from '../../../aws/iot/device-removal.ts';
import { certificateId, thingName } from '../../../domain/identifiers.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { type TestControlPlane, fresh, policyDocument, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

/** A thing in a group, with an active certificate and its policy. */
const aDevice = async () => {
  const [thing, policyName, group] = [z.parse(thingName, fresh('thing')), fresh('policy'), fresh('group')];
  await plane.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  await plane.iot.send(new CreateThingGroupCommand({ thingGroupName: group }));
  await plane.iot.send(new CreateThingCommand({ thingName: thing }));
  await plane.iot.send(new AddThingToThingGroupCommand({ thingName: thing, thingGroupName: group }));
  return { thing, group, certificate: await aCertificateOf(thing, policyName) };
};

const aCertificateOf = async (thing: string, policyName: string) => {
  const created = await plane.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive: true }));
  await plane.iot.send(new AttachPolicyCommand({ policyName, target: created.certificateArn }));
  await plane.iot.send(new AttachThingPrincipalCommand({ thingName: thing, principal: created.certificateArn }));
  return z.parse(certificateId, created.certificateId);
};

const isGone = (command: Promise<unknown>): Promise<boolean> =>
  command.then(
    () => false,
    (error: unknown) => error instanceof Error && error.name === 'ResourceNotFoundException',
  );

describe('Removing a device from AWS IoT', () => {
  test('leaves neither certificate nor thing nor a place in a group', async () => {
    const { thing, group, certificate } = await aDevice();
    const removal = createIotDeviceRemoval(plane.iot);
    expect(await removal.certificatesOf(thing)).toEqual([certificate]);
    expect(await removal.removeCertificate(certificate, thing)).toBe('gone');
    expect(await removal.removeThing(thing)).toBe('gone');
    expect(await isGone(plane.iot.send(new DescribeCertificateCommand({ certificateId: certificate })))).toBe(true);
    expect(await isGone(plane.iot.send(new DescribeThingCommand({ thingName: thing })))).toBe(true);
    expect((await plane.iot.send(new ListThingsInThingGroupCommand({ thingGroupName: group }))).things).toEqual([]);
  });

  test('says so where a certificate is still attached, and deletes no thing then', async () => {
    const { thing } = await aDevice();
    expect(await createIotDeviceRemoval(plane.iot).removeThing(thing)).toBe('detaching');
    expect(await isGone(plane.iot.send(new DescribeThingCommand({ thingName: thing })))).toBe(false);
  });

  test('says so where a certificate cannot be deleted because another thing has it, too', async () => {
    const { thing, certificate } = await aDevice();
    const other = await aDevice();
    const { certificateDescription } = await plane.iot.send(new DescribeCertificateCommand({ certificateId: certificate }));
    const principal = certificateDescription?.certificateArn;
    await plane.iot.send(new AttachThingPrincipalCommand({ thingName: other.thing, principal }));
    expect(await createIotDeviceRemoval(plane.iot).removeCertificate(certificate, thing)).toBe('detaching');
  });

  test('succeeds when that is already so', async () => {
    const removal = createIotDeviceRemoval(plane.iot);
    const nobody = z.parse(thingName, fresh('thing'));
    expect(await removal.certificatesOf(nobody)).toEqual([]);
    expect(await removal.removeCertificate(aCertificateId('never issued'), nobody)).toBe('gone');
    expect(await removal.removeThing(nobody)).toBe('gone');
  });
});
