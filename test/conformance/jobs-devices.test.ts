import { CreateUserCommand, CreateAccessKeyCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import {
  DescribeJobExecutionCommand,
  GetPendingJobExecutionsCommand,
  IoTJobsDataPlaneClient,
  StartNextPendingJobExecutionCommand,
  UpdateJobExecutionCommand,
} from '@aws-sdk/client-iot-jobs-data-plane';

import type { RawClient } from '../local/iot/broker/raw-client.ts';
import { assumed, documented } from './fact.ts';
import { ask, JobsWorld, saidTo } from './jobs-world.ts';

let world: JobsWorld;
let device: RawClient;
let listener: RawClient;
beforeAll(async () => {
  world = await JobsWorld.start();
  device = await world.mqtt.enter(4, { keepalive: 1200 });
  listener = await world.mqtt.enter(5, { keepalive: 1200 });
  await listener.subscribe('$aws/events/job/#', '$aws/events/jobExecution/#', '$aws/things/+/jobs/#');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.mqtt.clock.advance(1000);
  device.received.length = 0;
  listener.received.length = 0;
});

const api = 'IoT developer guide, "Jobs device MQTT API"';
const http = 'IoT API reference, AWS IoT jobs data plane';
const notifications = 'IoT developer guide, "Jobs notifications"';
const events = 'IoT developer guide, "Jobs events"';
const limits = 'General Reference, "AWS IoT Jobs limits"';

const minuteMs = 60_000;

const base = (thingName: string): string => `$aws/things/${thingName}/jobs`;

/** A thing with a job to do. */
const employed = async (input: object = {}) => {
  const thingName = await world.thing();
  const jobId = await world.job([thingName], input);
  return { thingName, jobId, update: (body: object) => ask(world, device, `${base(thingName)}/${jobId}/update`, body) };
};

describe('A device over MQTT', () => {
  documented(api, 'is answered without a subscription, with its token, and nobody else hears it', async () => {
    const { thingName, jobId } = await employed();
    const { topic, body } = await ask(world, device, `${base(thingName)}/get`, { clientToken: 'abc-1' });
    expect(topic).toBe('accepted');
    expect(body).toMatchObject({ clientToken: 'abc-1', inProgressJobs: [], queuedJobs: [{ jobId, versionNumber: 1 }] });
    expect(body['timestamp']).toBe(Math.floor(world.mqtt.clock.now() / 1000));
    await listener.settle();
    expect(saidTo(listener).filter((said) => said.topic.endsWith('/accepted'))).toEqual([]);
  });

  documented(api, 'starts the next execution: what runs before what waits, in order', async () => {
    const thingName = await world.thing();
    const [first, second] = [await world.job([thingName]), await world.job([thingName])];
    await world.data.send(new UpdateJobExecutionCommand({ thingName, jobId: second, status: 'IN_PROGRESS' }));
    const start = () => ask(world, device, `${base(thingName)}/start-next`, { statusDetails: { step: 'one' } });
    expect((await start()).body).toMatchObject({ execution: { jobId: second, status: 'IN_PROGRESS', versionNumber: 2 } });
    expect((await start()).body['execution']).not.toHaveProperty('statusDetails');
    await ask(world, device, `${base(thingName)}/${second}/update`, { status: 'SUCCEEDED' });
    expect((await start()).body).toMatchObject({
      execution: {
        jobId: first,
        thingName,
        jobDocument: { do: 'it' },
        status: 'IN_PROGRESS',
        statusDetails: { step: 'one' },
        versionNumber: 2,
      },
    });
    await ask(world, device, `${base(thingName)}/${first}/update`, { status: 'SUCCEEDED' });
    expect((await start()).body).not.toHaveProperty('execution');
  });

  documented(api, 'describes an execution by the id of its job or as the next', async () => {
    const { thingName, jobId, update } = await employed();
    const get = (id: string, body: object = {}) => ask(world, device, `${base(thingName)}/${id}/get`, body);
    expect((await get(jobId)).body).toMatchObject({ execution: { jobId, status: 'QUEUED', jobDocument: { do: 'it' } } });
    expect((await get('$next', { includeJobDocument: false })).body['execution']).not.toHaveProperty('jobDocument');
    expect((await get(jobId, { executionNumber: 999_999 })).body).toMatchObject({ code: 'ResourceNotFound' });
    await update({ status: 'SUCCEEDED' });
    expect((await get(jobId)).body).toMatchObject({ code: 'TerminalStateReached' });
    expect((await get('$next')).body).not.toHaveProperty('execution');
  });

  documented(api, 'reports progress, keeping the details that it does not name', async () => {
    const { update } = await employed();
    const wishes = { includeJobExecutionState: true, includeJobDocument: true };
    await update({ status: 'IN_PROGRESS', statusDetails: { step: 'one' } });
    expect((await update({ status: 'IN_PROGRESS', ...wishes })).body).toMatchObject({
      executionState: { status: 'IN_PROGRESS', statusDetails: { step: 'one' }, versionNumber: 3 },
      jobDocument: { do: 'it' },
    });
    expect((await update({ status: 'SUCCEEDED' })).body).not.toHaveProperty('executionState');
  });

  documented(api, 'cannot bring back what has ended, nor write over another version', async () => {
    const { update } = await employed();
    expect((await update({ status: 'IN_PROGRESS', expectedVersion: 7 })).body).toMatchObject({
      ...{ code: 'VersionMismatch', executionState: { status: 'QUEUED', versionNumber: 1 } },
    });
    await update({ status: 'FAILED', expectedVersion: 1 });
    const { topic, body } = await update({ status: 'IN_PROGRESS', clientToken: 't' });
    expect(topic).toBe('rejected');
    expect(body).toMatchObject({
      code: 'InvalidStateTransition',
      executionState: { status: 'FAILED', versionNumber: 2 },
      clientToken: 't',
    });
  });

  documented(api, 'is told what is wrong with a request', async () => {
    const { thingName, jobId, update } = await employed();
    expect((await ask(world, device, `${base(thingName)}/get`, '{')).body).toMatchObject({ code: 'InvalidJson' });
    expect((await ask(world, device, `${base(thingName)}/get`, '[]')).body).toMatchObject({ code: 'InvalidJson' });
    expect((await ask(world, device, `${base(thingName)}/${jobId}/erase`)).body).toMatchObject({ code: 'InvalidTopic' });
    expect((await ask(world, device, `${base('nobody')}/get`)).body).toMatchObject({ code: 'ResourceNotFound' });
    expect((await update({ status: 'QUEUED' })).body).toMatchObject({ code: 'InvalidRequest' });
    expect((await update({ status: 'IN_PROGRESS', stepTimeoutInMinutes: 10_081 })).body).toMatchObject({ code: 'InvalidRequest' });
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`name${index}`, 'value']));
    expect((await update({ status: 'IN_PROGRESS', statusDetails: eleven })).body).toMatchObject({ code: 'InvalidRequest' });
  });

  documented(api, 'sets a timer for its step, sets it anew and stops it', async () => {
    const { thingName, jobId, update } = await employed();
    await update({ status: 'IN_PROGRESS', stepTimeoutInMinutes: 2 });
    world.mqtt.clock.advance(minuteMs);
    await update({ status: 'IN_PROGRESS', stepTimeoutInMinutes: 2 });
    world.mqtt.clock.advance(minuteMs + 1);
    await update({ status: 'IN_PROGRESS', stepTimeoutInMinutes: -1 });
    world.mqtt.clock.advance(5 * minuteMs);
    await update({ status: 'IN_PROGRESS', stepTimeoutInMinutes: 1 });
    expect(await world.execution(thingName, jobId)).toMatchObject({ status: 'IN_PROGRESS', approximateSecondsBeforeTimedOut: 60 });
    world.mqtt.clock.advance(minuteMs);
    expect(await world.execution(thingName, jobId)).toMatchObject({ status: 'TIMED_OUT' });
  });

  assumed('jobs.empty-payload-is-an-object', 'may send nothing at all', async () => {
    const { thingName } = await employed();
    expect((await ask(world, device, `${base(thingName)}/get`, '')).topic).toBe('accepted');
  });

  documented('IoT developer guide, "Jobs security"', 'needs its policy’s leave for each topic', async () => {
    const { thingName, jobId } = await employed();
    const policy = (topic: string) => [
      { Effect: 'Allow' as const, Action: 'iot:Connect', Resource: '*' },
      { Effect: 'Allow' as const, Action: 'iot:Publish', Resource: world.arn(`topic/${topic}`) },
    ];
    const other = await world.mqtt.open(5, await world.mqtt.register(policy(`${base(thingName)}/get`)));
    await other.enter({ clientId: world.mqtt.unique() });
    const publish = (topic: string) => {
      other.send({ cmd: 'publish', topic, payload: '{"status":"FAILED"}', qos: 1, messageId: 5, dup: false, retain: false });
    };
    publish(`${base(thingName)}/get`);
    await other.take(2);
    await other.settle();
    expect(saidTo(other)).toEqual([]); // an answer is received only with iot:Receive
    const { packets } = await world.mqtt.answers(other, () => {
      publish(`${base(thingName)}/${jobId}/update`);
    });
    expect(packets).not.toContainEqual(expect.objectContaining({ cmd: 'puback', reasonCode: 0 }));
    expect(await world.execution(thingName, jobId)).toMatchObject({ status: 'QUEUED' });
  });

  documented(api, 'cannot say what only the service says', async () => {
    const { thingName } = await employed();
    for (const answer of ['get/accepted', 'notify-next', 'notify']) {
      const liar = await world.mqtt.enter(4);
      const { end } = await world.mqtt.answers(liar, () => {
        liar.send({ cmd: 'publish', topic: `${base(thingName)}/${answer}`, payload: '{}', qos: 0, dup: false, retain: false });
      });
      expect(end).toBe('closed');
    }
  });
});

describe('AWS IoT Jobs', () => {
  documented(notifications, 'tells a thing when its list changes, and when another execution is the next', async () => {
    const thingName = await world.thing();
    const first = await world.job([thingName]);
    const second = await world.job([thingName]);
    await ask(world, device, `${base(thingName)}/${first}/update`, { status: 'IN_PROGRESS' });
    await ask(world, device, `${base(thingName)}/${first}/update`, { status: 'SUCCEEDED' });
    await ask(world, device, `${base(thingName)}/${second}/update`, { status: 'SUCCEEDED' });
    await listener.settle();
    const bodies = (topic: string) => saidTo(listener).flatMap((said) => (said.topic === `${base(thingName)}/${topic}` ? [said.body] : []));
    expect(bodies('notify').map(({ jobs }) => jobs)).toMatchObject([
      { QUEUED: [{ jobId: first }] },
      { QUEUED: [{ jobId: first }, { jobId: second }] },
      { QUEUED: [{ jobId: second }] },
      {},
    ]);
    expect(bodies('notify-next').map(({ execution }) => execution)).toMatchObject([
      { jobId: first, status: 'QUEUED', jobDocument: { do: 'it' }, versionNumber: 1 },
      { jobId: second, status: 'QUEUED' },
      undefined,
    ] as object[]);
  });

  assumed('jobs.message-qos', 'keeps no notification for a device that is away', async () => {
    const thingName = await world.thing();
    const clientId = world.mqtt.unique();
    const sleeper = await world.mqtt.enter(4, { clientId, clean: false });
    await sleeper.subscribe(`${base(thingName)}/notify-next`);
    sleeper.send({ cmd: 'disconnect' });
    await sleeper.closed;
    await world.mqtt.until(() => !world.mqtt.aws.services.iot.broker.isConnected(clientId));
    await world.job([thingName]);
    const awake = await world.mqtt.enter(4, { clientId, clean: false });
    await awake.settle();
    expect(saidTo(awake)).toEqual([]);
  });

  documented(events, 'publishes what becomes of executions and jobs', async () => {
    const { thingName, jobId, update } = await employed({ description: 'turn it' });
    await update({ status: 'SUCCEEDED', statusDetails: { how: 'well' } });
    await listener.settle();
    const order = saidTo(listener).flatMap(({ topic }) => (topic.startsWith('$aws/events/') ? [topic] : []));
    expect(order).toEqual([`$aws/events/jobExecution/${jobId}/succeeded`, `$aws/events/job/${jobId}/completed`]);
    const of = (topic: string) => saidTo(listener).find((said) => said.topic === `$aws/events/${topic}`)?.body;
    expect(of(`jobExecution/${jobId}/succeeded`)).toMatchObject({
      ...{ eventType: 'JOB_EXECUTION', operation: 'succeeded', jobId, thingArn: world.arn(`thing/${thingName}`) },
      ...{ status: 'SUCCEEDED', statusDetails: { how: 'well' } },
    });
    expect(of(`job/${jobId}/completed`)).toMatchObject({
      ...{ eventType: 'JOB', operation: 'completed', jobId, status: 'COMPLETED', targetSelection: 'SNAPSHOT', description: 'turn it' },
      ...{ targets: [world.arn(`thing/${thingName}`)], jobProcessDetails: { numberOfSucceededThings: 1, numberOfFailedThings: 0 } },
    });
  });
});

describe('The jobs data plane over HTTP', () => {
  documented(http, 'has the four requests, with the document as text', async () => {
    const { thingName, jobId } = await employed();
    expect(await world.data.send(new GetPendingJobExecutionsCommand({ thingName }))).toMatchObject({
      queuedJobs: [{ jobId }],
      inProgressJobs: [],
    });
    const started = await world.data.send(new StartNextPendingJobExecutionCommand({ thingName, stepTimeoutInMinutes: 5 }));
    expect(started.execution).toMatchObject({
      jobId,
      status: 'IN_PROGRESS',
      jobDocument: '{"do":"it"}',
      approximateSecondsBeforeTimedOut: 300,
    });
    const described = await world.data.send(new DescribeJobExecutionCommand({ thingName, jobId, includeJobDocument: false }));
    expect(described.execution?.jobDocument).toBeUndefined();
    const update = { thingName, jobId, status: 'SUCCEEDED', includeJobExecutionState: true } as const;
    expect(await world.data.send(new UpdateJobExecutionCommand(update))).toMatchObject({
      executionState: { status: 'SUCCEEDED', versionNumber: 3 },
    });
  });

  documented(http, 'refuses by its own errors', async () => {
    const { thingName, jobId, update } = await employed();
    const describeIt = (id: string) => world.data.send(new DescribeJobExecutionCommand({ thingName, jobId: id }));
    await expect(describeIt('nothing')).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
    await update({ status: 'SUCCEEDED' });
    await expect(describeIt(jobId)).rejects.toMatchObject({ name: 'TerminalStateException', $metadata: { httpStatusCode: 410 } });
    const again = world.data.send(new UpdateJobExecutionCommand({ thingName, jobId, status: 'FAILED' }));
    await expect(again).rejects.toMatchObject({ name: 'InvalidStateTransitionException', $metadata: { httpStatusCode: 409 } });
    const odd = world.data.send(new StartNextPendingJobExecutionCommand({ thingName, stepTimeoutInMinutes: 0 }));
    await expect(odd).rejects.toMatchObject({ name: 'InvalidRequestException', $metadata: { httpStatusCode: 400 } });
  });

  assumed('jobs.version-mismatch-over-http', 'answers another version than the one expected', async () => {
    const { thingName, jobId } = await employed();
    const late = world.data.send(new UpdateJobExecutionCommand({ thingName, jobId, status: 'FAILED', expectedVersion: 3 }));
    await expect(late).rejects.toMatchObject({ name: 'InvalidStateTransitionException', $metadata: { httpStatusCode: 409 } });
  });

  documented('Service Authorization Reference, "AWS IoT Jobs DataPlane"', 'asks IAM for iotjobsdata on the thing', async () => {
    const { thingName } = await employed();
    const { endpoint, account, credentials } = world.mqtt.aws;
    const iam = new IAMClient({ endpoint, region: account.region, credentials });
    await iam.send(new CreateUserCommand({ UserName: 'reader' }));
    const Statement = [{ Effect: 'Allow', Action: 'iotjobsdata:GetPendingJobExecutions', Resource: world.arn(`thing/${thingName}`) }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'p', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }));
    iam.destroy();
    const own = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    const reader = new IoTJobsDataPlaneClient({ endpoint, region: account.region, credentials: own, maxAttempts: 1 });
    expect(await reader.send(new GetPendingJobExecutionsCommand({ thingName }))).toHaveProperty('queuedJobs');
    const start = reader.send(new StartNextPendingJobExecutionCommand({ thingName }));
    await expect(start).rejects.toMatchObject({ name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } });
    reader.destroy();
  });

  documented(limits, 'takes 200 reads a second of all devices together', async () => {
    const { thingName } = await employed();
    world.mqtt.clock.advance(1000);
    const read = () => world.data.send(new GetPendingJobExecutionsCommand({ thingName }));
    await Promise.all(Array.from({ length: 200 }, read));
    await expect(read()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
    expect((await ask(world, device, `${base(thingName)}/get`)).body).toMatchObject({ code: 'RequestThrottled' });
  });
});
