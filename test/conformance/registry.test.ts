import { X509Certificate } from 'node:crypto';
import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteThingGroupCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  IoT,
  ListAttachedPoliciesCommand,
  ListThingPrincipalsCommand,
} from '@aws-sdk/client-iot';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';
import { assumed, documented } from './fact.ts';

let aws: LocalAws;
let iot: IoT;
let principal: string;
const policyName = 'policy';
beforeAll(async () => {
  aws = await startLocalAws({ iotSettings: { operationRates: 'off' } });
  iot = new IoT({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials });
  principal = (await iot.send(new CreateKeysAndCertificateCommand({}))).certificateArn ?? '';
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] });
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }));
  for (const thingName of ['a', 'b', 'joiner']) await iot.send(new CreateThingCommand({ thingName }));
});
afterAll(async () => {
  iot.destroy();
  await aws.stop();
});

const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

describe('An attachment', () => {
  documented('API reference, AttachPolicy', 'may be made twice and ended once', async () => {
    for (let times = 0; times < 2; times++) await iot.send(new AttachPolicyCommand({ policyName, target: principal }));
    expect((await iot.send(new ListAttachedPoliciesCommand({ target: principal }))).policies).toMatchObject([{ policyName }]);
    await iot.send(new DetachPolicyCommand({ policyName, target: principal }));
    expect((await iot.send(new ListAttachedPoliciesCommand({ target: principal }))).policies).toEqual([]);
  });

  assumed('registry.detach-unattached-policy', 'that is none is ended by DetachPolicy without a word', async () => {
    await iot.send(new DetachPolicyCommand({ policyName, target: principal }));
  });

  assumed('registry.detach-unattached-principal-policy', 'that is none cannot be ended by DetachPrincipalPolicy', async () => {
    const detaching = iot.detachPrincipalPolicy({ policyName, principal });
    await expect(detaching).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });

  assumed('registry.detach-unattached-thing', 'of a thing that is none cannot be ended', async () => {
    const detaching = iot.send(new DetachThingPrincipalCommand({ thingName: 'a', principal }));
    await expect(detaching).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });

  assumed('registry.exclusive-thing-refusal', 'that is exclusive keeps the certificate from other things', async () => {
    const exclusive = { thingName: 'a', principal, thingPrincipalType: 'EXCLUSIVE_THING' } as const;
    await iot.send(new AttachThingPrincipalCommand(exclusive));
    const second = iot.send(new AttachThingPrincipalCommand({ thingName: 'b', principal }));
    await expect(second).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    const other = iot.send(new AttachThingPrincipalCommand({ ...exclusive, thingPrincipalType: 'NON_EXCLUSIVE_THING' }));
    await expect(other).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    expect((await iot.send(new ListThingPrincipalsCommand({ thingName: 'b' }))).principals).toEqual([]);
  });
});

describe('A thing group', () => {
  assumed('registry.delete-missing-thing-group', 'that does not exist can be deleted', async () => {
    await iot.send(new DeleteThingGroupCommand({ thingGroupName: 'nowhere' }));
  });

  assumed('registry.group-limit-refusal', 'does not take a thing of its own hierarchy, nor one that has ten groups', async () => {
    for (let count = 0; count < 11; count++) await iot.send(new CreateThingGroupCommand({ thingGroupName: `group-${count}` }));
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'child', parentGroupName: 'group-0' }));
    const join = (thingGroupName: string) => iot.send(new AddThingToThingGroupCommand({ thingName: 'joiner', thingGroupName }));
    await join('group-0');
    await expect(join('child')).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    for (let count = 1; count < 10; count++) await join(`group-${count}`);
    await expect(join('group-10')).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    await join('group-9');
  });
});

assumed('certificate.keeps-subject', 'A certificate has the subject of the request that it was made for', async () => {
  const request = new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem({ commonName: 'lamp-7' }) });
  const { certificatePem } = await iot.send(request);
  expect(new X509Certificate(certificatePem ?? '').subject).toBe('CN=lamp-7');
});
