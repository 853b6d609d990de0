import {
  AttachPolicyCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingGroupCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListAttachedPoliciesCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListTargetsForPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iot';
import { requestPem } from '../certificate-requests.ts';
import { arn, expectRefusal, fresh, policyDocument, startControlPlane, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

// The SDK marks these operations as deprecated, so they are called in process.
const call = (operation: string, input: Readonly<Record<string, unknown>>) => subject.plane.client.call(operation, input);

const newPolicy = async (): Promise<string> => {
  const policyName = fresh('policy');
  await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  return policyName;
};

const newCertificate = async (): Promise<string> => {
  const created = await subject.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem() }));
  return created.certificateArn ?? '';
};

const newGroup = async (parentGroupName?: string): Promise<string> => {
  const { thingGroupArn } = await subject.iot.send(new CreateThingGroupCommand({ thingGroupName: fresh('group'), parentGroupName }));
  return thingGroupArn ?? '';
};

describe('a policy', () => {
  test('is created with version 1 in force and read back as it was sent', async () => {
    const policyName = fresh('policy');
    const document = policyDocument(arn('client/${iot:Connection.Thing.ThingName}'));
    const created = await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: document }));
    expect(created).toMatchObject({ policyName, policyArn: arn(`policy/${policyName}`), policyVersionId: '1' });
    const read = await subject.iot.send(new GetPolicyCommand({ policyName }));
    expect(read).toMatchObject({ policyDocument: document, defaultVersionId: '1' });
    expect(read.creationDate?.getTime()).toBe(subject.clock.now());
  });

  test('cannot be created twice, not even alike', async () => {
    const policyName = await newPolicy();
    const again = subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
    await expectRefusal(again, 'ResourceAlreadyExistsException', 409);
    await expect(again).rejects.toMatchObject({ resourceId: policyName, resourceArn: arn(`policy/${policyName}`) });
  });

  test('has at most 2048 characters without white space', async () => {
    const document = (length: number): string => {
      const empty = policyDocument(arn('client/'));
      return policyDocument(arn(`client/${'x'.repeat(length - empty.length)}`));
    };
    const spaced = JSON.stringify(JSON.parse(document(2048)), null, 40);
    await subject.iot.send(new CreatePolicyCommand({ policyName: fresh('policy'), policyDocument: spaced }));
    const tooLong = subject.iot.send(new CreatePolicyCommand({ policyName: fresh('policy'), policyDocument: document(2049) }));
    await expectRefusal(tooLong, 'MalformedPolicyException', 400);
  });

  test.each(['', 'no json', '[]', '{"Version":"2012-10-17"}'])('is refused when its document is %j', async (document) => {
    const policy = subject.iot.send(new CreatePolicyCommand({ policyName: fresh('policy'), policyDocument: document }));
    await expectRefusal(policy, 'MalformedPolicyException', 400);
  });

  test.each(['with space', 'sl/ash', 'x'.repeat(129), 'Gerät'])('cannot be called %j', async (policyName) => {
    const policy = subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
    await expectRefusal(policy, 'InvalidRequestException', 400, /policyName/);
  });

  test('is not found once it is deleted', async () => {
    const policyName = await newPolicy();
    await subject.iot.send(new DeletePolicyCommand({ policyName }));
    await expectRefusal(subject.iot.send(new GetPolicyCommand({ policyName })), 'ResourceNotFoundException', 404);
    await expectRefusal(subject.iot.send(new DeletePolicyCommand({ policyName })), 'ResourceNotFoundException', 404);
  });

  test('cannot be deleted while it is attached or has other versions', async () => {
    const policyName = await newPolicy();
    const target = await newCertificate();
    await subject.iot.send(new AttachPolicyCommand({ policyName, target }));
    await expectRefusal(subject.iot.send(new DeletePolicyCommand({ policyName })), 'DeleteConflictException', 409);
    await subject.iot.send(new DetachPolicyCommand({ policyName, target }));
    await subject.iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: policyDocument() }));
    await expectRefusal(subject.iot.send(new DeletePolicyCommand({ policyName })), 'DeleteConflictException', 409);
    await subject.iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId: '2' }));
    await subject.iot.send(new DeletePolicyCommand({ policyName }));
  });

  test('is listed page by page, newest first', async () => {
    const other = await startControlPlane();
    for (const policyName of ['b', 'a', 'c']) {
      await other.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
      other.clock.advance(1000);
    }
    const first = await other.iot.send(new ListPoliciesCommand({ pageSize: 2 }));
    const second = await other.iot.send(new ListPoliciesCommand({ pageSize: 2, marker: first.nextMarker }));
    const ascending = await other.iot.send(new ListPoliciesCommand({ ascendingOrder: true }));
    expect(first.policies?.map(({ policyName }) => policyName)).toEqual(['c', 'a']);
    expect(second.policies?.map(({ policyName }) => policyName)).toEqual(['b']);
    expect(second.nextMarker).toBeUndefined();
    expect(ascending.policies?.map(({ policyName }) => policyName)).toEqual(['b', 'a', 'c']);
    await other.stop();
  });
});

describe('versions of a policy', () => {
  test('number on, and only the one made default is in force', async () => {
    const policyName = await newPolicy();
    const second = await subject.iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: policyDocument(arn('client/2')) }));
    expect(second).toMatchObject({ policyVersionId: '2', isDefaultVersion: false });
    expect((await subject.iot.send(new GetPolicyCommand({ policyName }))).defaultVersionId).toBe('1');
    await subject.iot.send(new SetDefaultPolicyVersionCommand({ policyName, policyVersionId: '2' }));
    expect((await subject.iot.send(new GetPolicyCommand({ policyName }))).policyDocument).toBe(policyDocument(arn('client/2')));
    await subject.iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId: '1' }));
    const third = await subject.iot.send(
      new CreatePolicyVersionCommand({ policyName, policyDocument: policyDocument(), setAsDefault: true }),
    );
    expect(third).toMatchObject({ policyVersionId: '3', isDefaultVersion: true });
    const { policyVersions } = await subject.iot.send(new ListPolicyVersionsCommand({ policyName }));
    expect(policyVersions?.map(({ versionId, isDefaultVersion }) => [versionId, isDefaultVersion])).toEqual([
      ['3', true],
      ['2', false],
    ]);
  });

  test('are five at most', async () => {
    const policyName = await newPolicy();
    const add = () => subject.iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: policyDocument() }));
    for (let version = 2; version <= 5; version++) await add();
    await expectRefusal(add(), 'VersionsLimitExceededException', 409);
  });

  test('cannot be deleted while in force, nor be read when missing', async () => {
    const policyName = await newPolicy();
    const deletion = subject.iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId: '1' }));
    await expectRefusal(deletion, 'DeleteConflictException', 409);
    await expectRefusal(
      subject.iot.send(new GetPolicyVersionCommand({ policyName, policyVersionId: '9' })),
      'ResourceNotFoundException',
      404,
    );
    await expectRefusal(
      subject.iot.send(new GetPolicyVersionCommand({ policyName, policyVersionId: 'x' })),
      'InvalidRequestException',
      400,
    );
  });
});

describe('attaching a policy', () => {
  test('reaches certificates and groups, and is listed from both sides', async () => {
    const policyName = await newPolicy();
    const targets = [await newCertificate(), await newGroup()];
    for (const target of targets) {
      await subject.iot.send(new AttachPolicyCommand({ policyName, target }));
      await subject.iot.send(new AttachPolicyCommand({ policyName, target }));
      expect((await subject.iot.send(new ListAttachedPoliciesCommand({ target }))).policies).toEqual([
        { policyName, policyArn: arn(`policy/${policyName}`) },
      ]);
    }
    expect((await subject.iot.send(new ListTargetsForPolicyCommand({ policyName }))).targets?.toSorted()).toEqual(targets.toSorted());
    expect(await call('ListPolicyPrincipals', { policyName })).toMatchObject({ principals: [targets[0]] });
  });

  test('is inherited by child groups when asked for recursively', async () => {
    const policyName = await newPolicy();
    const parent = await newGroup();
    const child = await newGroup(parent.split('/')[1]);
    await subject.iot.send(new AttachPolicyCommand({ policyName, target: parent }));
    expect((await subject.iot.send(new ListAttachedPoliciesCommand({ target: child }))).policies).toEqual([]);
    const inherited = await subject.iot.send(new ListAttachedPoliciesCommand({ target: child, recursive: true }));
    expect(inherited.policies?.map((policy) => policy.policyName)).toEqual([policyName]);
  });

  test('stops at ten policies per certificate', async () => {
    const target = await newCertificate();
    for (let attached = 0; attached < 10; attached++)
      await subject.iot.send(new AttachPolicyCommand({ policyName: await newPolicy(), target }));
    const policyName = await newPolicy();
    await expectRefusal(subject.iot.send(new AttachPolicyCommand({ policyName, target })), 'LimitExceededException', 410);
    const older = call('AttachPrincipalPolicy', { policyName, principal: target });
    await expect(older).rejects.toMatchObject({ code: 'LimitExceededException', status: 410 });
  });

  test('stops at two policies per thing group', async () => {
    const target = await newGroup();
    for (let attached = 0; attached < 2; attached++)
      await subject.iot.send(new AttachPolicyCommand({ policyName: await newPolicy(), target }));
    await expectRefusal(
      subject.iot.send(new AttachPolicyCommand({ policyName: await newPolicy(), target })),
      'LimitExceededException',
      410,
    );
  });

  test('is refused for what does not exist or cannot have policies', async () => {
    const policyName = await newPolicy();
    const certificate = await newCertificate();
    const attach = (name: string, target: string) => subject.iot.send(new AttachPolicyCommand({ policyName: name, target }));
    await expectRefusal(attach('missing', certificate), 'ResourceNotFoundException', 404);
    await expectRefusal(attach(policyName, arn(`cert/${'0'.repeat(64)}`)), 'ResourceNotFoundException', 404);
    await expectRefusal(attach(policyName, arn('thinggroup/missing')), 'ResourceNotFoundException', 404);
    await expectRefusal(attach(policyName, arn('thing/x')), 'InvalidRequestException', 400);
    await expectRefusal(attach(policyName, certificate.replace('123456789012', '210987654321')), 'InvalidRequestException', 400);
  });

  test('by the older operation knows no thing groups', async () => {
    const policyName = await newPolicy();
    const attachment = call('AttachPrincipalPolicy', { policyName, principal: await newGroup() });
    await expect(attachment).rejects.toMatchObject({ code: 'InvalidRequestException', message: 'The given ARN does not represent a cert' });
    const principal = await newCertificate();
    await call('AttachPrincipalPolicy', { policyName, principal });
    expect(await call('ListPrincipalPolicies', { principal })).toMatchObject({ policies: [{ policyName }] });
    await call('DetachPrincipalPolicy', { policyName, principal });
    const again = call('DetachPrincipalPolicy', { policyName, principal });
    await expect(again).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  });

  test('is undone by detaching, as often as one likes', async () => {
    const policyName = await newPolicy();
    const target = await newCertificate();
    await subject.iot.send(new AttachPolicyCommand({ policyName, target }));
    await subject.iot.send(new DetachPolicyCommand({ policyName, target }));
    await subject.iot.send(new DetachPolicyCommand({ policyName, target }));
    expect((await subject.iot.send(new ListAttachedPoliciesCommand({ target }))).policies).toEqual([]);
  });
});
