import {
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeEndpointCommand,
  DescribeJobTemplateCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-iot';
import { operationBindings } from '../../../../local/iot/control-plane/bindings.data.ts';
import { operations } from '../../../../local/iot/control-plane/operation-table.ts';
import { arn, expectRefusal, fresh, policyDocument, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

describe('the bindings', () => {
  test('are those of every operation there is', () => {
    for (const name of Object.keys(operations)) expect(operationBindings).toHaveProperty(name);
  });

  test('have the input of every operation there is', () => {
    for (const name of Object.keys(operations)) expect(operationBindings[name]).toHaveProperty('input');
  });
});

describe('an operation', () => {
  test('that AWS has and the local AWS has not is refused by name', async () => {
    const job = subject.iot.send(new DescribeJobTemplateCommand({ jobTemplateId: 'x' }));
    await expectRefusal(job, 'NotImplementedException', 501, /iot:DescribeJobTemplate exists on AWS, but the local AWS does not have it/);
  });

  test('that AWS does not have is unknown', async () => {
    await expect(subject.plane.client.call('Nonsense', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
    await expect(subject.plane.client.call('toString', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  });

  test('needs its required members', async () => {
    await expect(subject.plane.client.call('CreatePolicy', { policyName: 'x' })).rejects.toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringMatching(/'policyDocument'.*must not be null/) as string,
    });
  });

  test('refuses members of another type before anything else', async () => {
    const call = (input: object) => subject.plane.client.call('CreateThing', { thingName: 'x', ...input });
    for (const input of [{ thingTypeName: 7 }, { attributePayload: [] }, { attributePayload: { attributes: { a: 1 } } }]) {
      await expect(call(input)).rejects.toMatchObject({ code: 'SerializationException', status: 400 });
    }
    const template = { templateName: 't', templateBody: '{}', provisioningRoleArn: 'r', enabled: 'true' };
    await expect(subject.plane.client.call('CreateProvisioningTemplate', template)).rejects.toMatchObject({
      code: 'SerializationException',
    });
  });

  test('does not take members of an object for its own', async () => {
    const thingName = fresh('thing');
    const attributePayload = JSON.parse('{"attributes":{"__proto__":"x"}}') as object;
    await subject.plane.client.call('CreateThing', { thingName, attributePayload });
    const { attributes } = await subject.plane.client.call('DescribeThing', { thingName });
    expect(Object.entries(attributes as object)).toEqual([['__proto__', 'x']]);
  });

  test('takes members from headers and the query', async () => {
    const policyName = fresh('policy');
    await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
    const request = { method: 'GET', path: '/policy-principals', body: Buffer.alloc(0) };
    const caller = { accountId: '123456789012', accessKeyId: 'x', arn: 'arn:aws:iam::123456789012:root' };
    const ask = (headers: Record<string, string>, query: string) =>
      subject.plane.api.handle({ ...request, caller, headers, query: new URLSearchParams(query) });
    expect(await ask({ 'x-amzn-iot-policy': policyName }, 'pageSize=1')).toMatchObject({ status: 200, body: '{"principals":[]}' });
    expect(await ask({}, 'pageSize=1')).toMatchObject({ status: 400 });
    expect(await ask({ 'x-amzn-iot-policy': policyName }, 'pageSize=0')).toMatchObject({ status: 400 });
    expect(await ask({ 'x-amzn-iot-policy': policyName }, 'pageSize=many')).toMatchObject({ status: 400 });
  });

  test('answers in process what it answers over HTTP', async () => {
    const thingName = fresh('thing');
    const { thingId } = await subject.plane.client.call('CreateThing', { thingName });
    expect((await subject.iot.send(new CreateThingCommand({ thingName }))).thingId).toBe(thingId);
  });
});

describe('the endpoint', () => {
  const address = async (endpointType?: string) => (await subject.iot.send(new DescribeEndpointCommand({ endpointType }))).endpointAddress;

  test('has a name for each of its types', async () => {
    expect(await address('iot:Data-ATS')).toMatch(/^a[0-9a-z]{13}-ats\.iot\.eu-central-1\.amazonaws\.com$/);
    expect(await address()).toMatch(/^a[0-9a-z]{13}\.iot\.eu-central-1\.amazonaws\.com$/);
    expect(await address('iot:CredentialProvider')).toMatch(/\.credentials\.iot\./);
    expect(await address('iot:Data-ATS')).toBe(subject.plane.dataEndpoint);
  });

  test('of an unknown type is refused', async () => {
    await expectRefusal(address('iot:Nonsense'), 'InvalidRequestException', 400, /iot:Data-ATS/);
  });
});

describe('tags', () => {
  const newPolicy = async (): Promise<string> => {
    const policyName = fresh('policy');
    const command = new CreatePolicyCommand({ policyName, policyDocument: policyDocument(), tags: [{ Key: 'a', Value: '1' }] });
    return (await subject.iot.send(command)).policyArn ?? '';
  };

  const tagsOf = async (resourceArn: string) => (await subject.iot.send(new ListTagsForResourceCommand({ resourceArn }))).tags;

  test('are given at creation, added, replaced and removed', async () => {
    const resourceArn = await newPolicy();
    await subject.iot.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '' },
        ],
      }),
    );
    expect(await tagsOf(resourceArn)).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ]);
    await subject.iot.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
    expect(await tagsOf(resourceArn)).toEqual([{ Key: 'b', Value: '' }]);
  });

  test('are fifty at most, none of them of AWS', async () => {
    const resourceArn = await newPolicy();
    const tag = (tags: { Key: string; Value: string }[]) => subject.iot.send(new TagResourceCommand({ resourceArn, tags }));
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    await expectRefusal(tag(many), 'LimitExceededException', 410);
    await expectRefusal(tag([{ Key: 'aws:x', Value: 'v' }]), 'InvalidRequestException', 400);
  });

  test('are not for things and certificates, nor for what does not exist', async () => {
    await expectRefusal(tagsOf(arn('thing/x')), 'InvalidRequestException', 400);
    await expectRefusal(tagsOf(arn('policy/missing')), 'ResourceNotFoundException', 404);
  });
});
