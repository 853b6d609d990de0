import { createThingGroupPolicies } from '../../../aws/iot/thing-group-policies.ts';
import { createHandler } from '../../../lambdas/custom-resource/create-handler.ts';
import { fulfilWith } from '../../../lambdas/group-policies/fulfil.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const GROUP = 'arn:aws:iot:eu-central-1:123456789012:thinggroup/muster-quarantine';

describe('The function behind Custom::MusterGroupPolicy', () => {
  let server: FakeServer;
  let handler: (event: unknown) => Promise<void>;

  beforeEach(async () => {
    server = await startFakeServer();
    handler = createHandler(
      fulfilWith(
        createThingGroupPolicies({
          endpoint: server.url,
          region: 'eu-central-1',
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
          maxAttempts: 1,
        }),
      ),
    );
  });

  afterEach(async () => {
    await server.stop();
  });

  const request = (RequestType: string, more: Readonly<Record<string, unknown>> = {}) => ({
    RequestType,
    ResponseURL: `${server.url}/answer?signature=abc`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Quarantine',
    ResourceType: 'Custom::MusterGroupPolicy',
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:…', PolicyName: 'muster-quarantine', ThingGroupArn: GROUP },
    ...more,
  });

  test('attaches the policy to the group and names the attachment after both', async () => {
    await handler(request('Create'));
    expect(server.iotCalls).toEqual([{ method: 'PUT', path: '/target-policies/muster-quarantine', body: { target: GROUP } }]);
    expect(server.answers).toEqual([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: `muster-quarantine on ${GROUP}`,
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Quarantine',
      },
    ]);
  });

  test('answers with the empty content type that the URL is signed for', async () => {
    await handler(request('Create'));
    expect(server.answerContentTypes).toEqual(['']);
  });

  test('attaches again on an update, so that CloudFormation deletes the old attachment when its name changed', async () => {
    await handler(request('Update', { PhysicalResourceId: 'other on arn:…' }));
    expect(server.iotCalls).toHaveLength(1);
    expect(server.answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: `muster-quarantine on ${GROUP}` }]);
  });

  test('detaches on delete, and keeps the name', async () => {
    await handler(request('Delete', { PhysicalResourceId: `muster-quarantine on ${GROUP}` }));
    expect(server.iotCalls).toEqual([{ method: 'POST', path: '/target-policies/muster-quarantine', body: { target: GROUP } }]);
    expect(server.answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: `muster-quarantine on ${GROUP}` }]);
  });

  test('succeeds in detaching what is already gone', async () => {
    server.failIotWith(404, 'ResourceNotFoundException', 'No such policy');
    await handler(request('Delete', { PhysicalResourceId: `muster-quarantine on ${GROUP}` }));
    expect(server.answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('detaches nothing when the creation failed before it attached anything', async () => {
    await handler(request('Delete', { PhysicalResourceId: 'failed-to-create', ResourceProperties: {} }));
    expect(server.iotCalls).toEqual([]);
    expect(server.answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'failed-to-create' }]);
  });

  test('tells CloudFormation what AWS IoT refused', async () => {
    server.failIotWith(410, 'LimitExceededException', 'A thing group can have two policies');
    await handler(request('Create'));
    expect(server.answers).toMatchObject([
      { Status: 'FAILED', Reason: 'LimitExceededException: A thing group can have two policies', PhysicalResourceId: 'failed-to-create' },
    ]);
  });

  test('tells CloudFormation of properties that say nothing', async () => {
    await handler(request('Create', { ResourceProperties: { PolicyName: '' } }));
    expect(server.iotCalls).toEqual([]);
    expect(server.answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('ThingGroupArn') as unknown }]);
  });

  test('fails when its answer is not taken, so that Lambda delivers the request again', async () => {
    server.refuseAnswers();
    await expect(handler(request('Create'))).rejects.toThrow('HTTP 403');
  });

  test('fails on an event that is not CloudFormation’s: there is nobody to answer', async () => {
    await expect(handler({ RequestType: 'Create' })).rejects.toThrow();
    expect(server.answers).toEqual([]);
  });
});
