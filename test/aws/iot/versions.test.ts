import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
} from '@aws-sdk/client-iot';
import { openVersionedResources } from '../../../aws/iot/versions.ts';
import { type TestControlPlane, fresh, policyDocument, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const templateBody = JSON.stringify({
  Resources: { certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } } },
});

const aPolicy = async (): Promise<string> => {
  const policyName = fresh('policy');
  await plane.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  await plane.iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: policyDocument(), setAsDefault: true }));
  return policyName;
};

const aTemplate = async (): Promise<string> => {
  const templateName = fresh('t').slice(0, 36);
  const provisioningRoleArn = 'arn:aws:iam::123456789012:role/provisioning';
  await plane.iot.send(new CreateProvisioningTemplateCommand({ templateName, provisioningRoleArn, templateBody }));
  await plane.iot.send(new CreateProvisioningTemplateVersionCommand({ templateName, templateBody, setAsDefault: true }));
  return templateName;
};

describe.each([
  ['policies', aPolicy],
  ['templates', aTemplate],
] as const)('The versions of %s at AWS IoT', (kind, make) => {
  test('are listed with the one in force, and deleted, and it may be said twice', async () => {
    const resources = openVersionedResources(plane.iot)[kind];
    const name = await make();
    const both = await resources.versionsOf(name);
    expect(both.toSorted((one, other) => Number(one.id) - Number(other.id))).toEqual([
      { id: '1', isDefault: false },
      { id: '2', isDefault: true },
    ]);
    await resources.remove(name, '1');
    await resources.remove(name, '1');
    expect(await resources.versionsOf(name)).toEqual([{ id: '2', isDefault: true }]);
  });

  test('are none of what is not there', async () => {
    const resources = openVersionedResources(plane.iot)[kind];
    expect(await resources.versionsOf('nothing')).toEqual([]);
  });

  test('stay where they are in force, and that is said', async () => {
    await expect(openVersionedResources(plane.iot)[kind].remove(await make(), '2')).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
  });
});
