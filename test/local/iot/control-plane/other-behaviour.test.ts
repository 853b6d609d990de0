import { X509Certificate } from 'node:crypto';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { requestPem } from '../certificate-requests.ts';
import { policyDocument } from './test-control-plane.ts';

const { client } = createIotControlPlane({
  account: testAccount,
  clock: new ManualClock(testStartMs),
  behaviour: createBehaviour({
    ...{ 'registry.detach-unattached-policy': 'refused', 'registry.detach-unattached-principal-policy': 'accepted' },
    ...{ 'registry.detach-unattached-thing': 'accepted', 'registry.delete-missing-thing-group': 'refused' },
    ...{ 'registry.group-limit-refusal': 'LimitExceededException', 'registry.exclusive-thing-refusal': 'ConflictException' },
    ...{ 'certificate.keeps-subject': false },
  }),
});

const newCertificate = () => client.call('CreateCertificateFromCsr', { certificateSigningRequest: requestPem({ commonName: 'lamp-7' }) });

describe('A capture from a real account', () => {
  test('may refuse or accept the end of attachments that are none', async () => {
    const principal = (await newCertificate())['certificateArn'];
    await client.call('CreatePolicy', { policyName: 'p', policyDocument: policyDocument() });
    await client.call('CreateThing', { thingName: 'a' });
    const detaching = client.call('DetachPolicy', { policyName: 'p', target: principal });
    await expect(detaching).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await client.call('DetachPrincipalPolicy', { policyName: 'p', principal });
    await client.call('DetachThingPrincipal', { thingName: 'a', principal });
  });

  test('may name the refusals of groups and of exclusive things', async () => {
    const deletion = client.call('DeleteThingGroup', { thingGroupName: 'nowhere' });
    await expect(deletion).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    for (const thingName of ['b', 'c']) await client.call('CreateThing', { thingName });
    await client.call('CreateThingGroup', { thingGroupName: 'parent' });
    await client.call('CreateThingGroup', { thingGroupName: 'child', parentGroupName: 'parent' });
    await client.call('AddThingToThingGroup', { thingName: 'b', thingGroupName: 'parent' });
    const joining = client.call('AddThingToThingGroup', { thingName: 'b', thingGroupName: 'child' });
    await expect(joining).rejects.toMatchObject({ code: 'LimitExceededException', status: 410 });
    const principal = (await newCertificate())['certificateArn'];
    await client.call('AttachThingPrincipal', { thingName: 'b', principal, thingPrincipalType: 'EXCLUSIVE_THING' });
    const attaching = client.call('AttachThingPrincipal', { thingName: 'c', principal });
    await expect(attaching).rejects.toMatchObject({ code: 'ConflictException', status: 409 });
  });

  test('may give all certificates that AWS IoT signs the same subject', async () => {
    const { certificatePem } = await newCertificate();
    expect(new X509Certificate(String(certificatePem)).subject).toBe('CN=AWS IoT Certificate');
  });
});
