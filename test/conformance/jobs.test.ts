import {
  CancelJobCommand,
  CancelJobExecutionCommand,
  CreateJobCommand,
  DeleteJobCommand,
  DeleteJobExecutionCommand,
  DeleteThingCommand,
  GetJobDocumentCommand,
  ListJobExecutionsForJobCommand,
  ListJobExecutionsForThingCommand,
  ListJobsCommand,
  ListTagsForResourceCommand,
  RemoveThingFromThingGroupCommand,
} from '@aws-sdk/client-iot';
import { UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane';

import { assumed, documented } from './fact.ts';
import { JobsWorld } from './jobs-world.ts';

let world: JobsWorld;
beforeAll(async () => {
  world = await JobsWorld.start();
});
afterAll(() => world.stop());

const reference = 'IoT API reference';
const guide = 'IoT developer guide, "Jobs"';
const states = 'IoT developer guide, "Jobs and job execution states"';
const limits = 'General Reference, "AWS IoT Jobs limits"';

const minuteMs = 60_000;

const refused = (name: string, httpStatusCode: number): unknown =>
  expect.objectContaining({ name, $metadata: expect.objectContaining({ httpStatusCode }) as unknown });

const report = (thingName: string, jobId: string, status: 'IN_PROGRESS' | 'FAILED' | 'SUCCEEDED' | 'REJECTED') =>
  world.data.send(new UpdateJobExecutionCommand({ thingName, jobId, status }));

const create = (input: Partial<ConstructorParameters<typeof CreateJobCommand>[0]>) =>
  world.mqtt.iot.send(new CreateJobCommand({ jobId: world.mqtt.unique(), targets: [], document: '{}', ...input }));

const statusesOf = async (jobId: string): Promise<readonly unknown[]> => {
  const { executionSummaries = [] } = await world.mqtt.iot.send(new ListJobExecutionsForJobCommand({ jobId, maxResults: 250 }));
  return executionSummaries.map(({ jobExecutionSummary }) => jobExecutionSummary?.status);
};

describe('CreateJob', () => {
  documented(reference, 'makes a job in progress for each thing that it names', async () => {
    const thingName = await world.thing();
    const jobId = await world.job([thingName], { description: 'turn it', tags: [{ Key: 'a', Value: 'b' }] });
    expect(await world.describe(jobId)).toMatchObject({
      ...{ jobId, jobArn: world.arn(`job/${jobId}`), status: 'IN_PROGRESS', targetSelection: 'SNAPSHOT', description: 'turn it' },
      jobProcessDetails: { numberOfQueuedThings: 1, numberOfSucceededThings: 0, processingTargets: [] },
    });
    expect(await world.execution(thingName, jobId)).toMatchObject({
      status: 'QUEUED',
      versionNumber: 1,
      thingArn: world.arn(`thing/${thingName}`),
    });
    const { document } = await world.mqtt.iot.send(new GetJobDocumentCommand({ jobId }));
    expect(document).toBe('{"do":"it"}');
    const { tags } = await world.mqtt.iot.send(new ListTagsForResourceCommand({ resourceArn: world.arn(`job/${jobId}`) }));
    expect(tags).toEqual([{ Key: 'a', Value: 'b' }]);
  });

  documented(guide, 'reaches the members of a group and of the groups below it', async () => {
    const [above, below] = await world.things(2);
    const parent = await world.group([above ?? '']);
    await world.group([below ?? ''], parent);
    const jobId = await world.job([], { targets: [world.arn(`thinggroup/${parent}`)] });
    expect(await statusesOf(jobId)).toEqual(['QUEUED', 'QUEUED']);
  });

  documented(reference, 'refuses what it cannot be', async () => {
    const targets = [world.arn(`thing/${await world.thing()}`)];
    await expect(create({ targets: [world.arn('thing/nobody')] })).rejects.toEqual(refused('ResourceNotFoundException', 404));
    await expect(create({ targets, document: '{' })).rejects.toEqual(refused('InvalidRequestException', 400));
    const deep = '['.repeat(9000) + ']'.repeat(9000);
    await expect(create({ targets, document: `{"a":${deep}}` })).rejects.toEqual(refused('InvalidRequestException', 400));
    await expect(create({ targets, document: undefined })).rejects.toEqual(refused('InvalidRequestException', 400));
    await expect(create({ targets, jobId: 'a b' })).rejects.toEqual(refused('InvalidRequestException', 400));
    await expect(create({ targets, jobId: await world.job([await world.thing()]) })).rejects.toEqual(
      refused('ResourceAlreadyExistsException', 409),
    );
    await expect(create({ targets, documentSource: 'https://s3' })).rejects.toEqual(refused('NotImplementedException', 501));
  });

  documented(limits, 'takes 100 targets and 32 KB of document', async () => {
    const targets = [world.arn(`thing/${await world.thing()}`)];
    await expect(create({ targets: Array.from({ length: 101 }, () => targets[0] ?? '') })).rejects.toEqual(
      refused('LimitExceededException', 410),
    );
    await expect(create({ targets, document: JSON.stringify('x'.repeat(32_768)) })).rejects.toEqual(
      refused('InvalidRequestException', 400),
    );
  });
});

describe('A rollout', () => {
  assumed('jobs.rollout-delay-ms', 'begins a second after the job was created', async () => {
    const [thingName = ''] = await world.things(1);
    const { jobId = '' } = await create({ targets: [world.arn(`thing/${thingName}`)] });
    expect(await statusesOf(jobId)).toEqual([]);
    expect(await world.describe(jobId)).toMatchObject({ jobProcessDetails: { processingTargets: [world.arn(`thing/${thingName}`)] } });
    world.mqtt.clock.advance(1000);
    expect(await statusesOf(jobId)).toEqual(['QUEUED']);
  });

  documented(guide, 'tells no more things a minute than it may', async () => {
    const jobId = await world.job(await world.things(5), { jobExecutionsRolloutConfig: { maximumPerMinute: 2 } });
    expect(await statusesOf(jobId)).toHaveLength(2);
    world.mqtt.clock.advance(minuteMs - 1);
    expect(await statusesOf(jobId)).toHaveLength(2);
    world.mqtt.clock.advance(1);
    expect(await statusesOf(jobId)).toHaveLength(4);
    world.mqtt.clock.advance(minuteMs);
    expect(await statusesOf(jobId)).toHaveLength(5);
  });

  documented(guide, 'grows with the things that were told', async () => {
    const exponentialRate = { baseRatePerMinute: 1, incrementFactor: 3, rateIncreaseCriteria: { numberOfNotifiedThings: 1 } };
    const jobId = await world.job(await world.things(5), { jobExecutionsRolloutConfig: { exponentialRate } });
    expect(await statusesOf(jobId)).toHaveLength(1);
    world.mqtt.clock.advance(minuteMs);
    expect(await statusesOf(jobId)).toHaveLength(4);
  });

  documented(guide, 'stops when too many of those that are through have failed', async () => {
    const things = await world.things(4);
    const jobId = await world.job(things, { ...world.abortConfig({}), jobExecutionsRolloutConfig: { maximumPerMinute: 3 } });
    const [first = '', second = '', third = ''] = things.slice(0, 3);
    await report(first, jobId, 'SUCCEEDED');
    expect(await world.describe(jobId)).toMatchObject({ status: 'IN_PROGRESS' });
    await report(second, jobId, 'FAILED');
    expect(await world.describe(jobId)).toMatchObject({ status: 'CANCELED' });
    expect(await world.execution(third, jobId)).toMatchObject({ status: 'CANCELED' });
    world.mqtt.clock.advance(minuteMs);
    expect(await statusesOf(jobId)).toHaveLength(3);
  });

  assumed('jobs.abort-cancels', 'that stops lets what runs come to its end', async () => {
    const [first = '', second = ''] = await world.things(2);
    const jobId = await world.job([first, second], world.abortConfig({ failureType: 'ALL', minNumberOfExecutedThings: 1 }));
    await report(first, jobId, 'IN_PROGRESS');
    await report(second, jobId, 'REJECTED');
    expect(await world.describe(jobId)).toMatchObject({ status: 'CANCELED' });
    await report(first, jobId, 'SUCCEEDED');
    expect(await world.execution(first, jobId)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('A job', () => {
  documented(states, 'is completed when each of its things is through', async () => {
    const [first = '', second = ''] = await world.things(2);
    const jobId = await world.job([first, second]);
    await report(first, jobId, 'SUCCEEDED');
    expect(await world.describe(jobId)).toMatchObject({ status: 'IN_PROGRESS' });
    await report(second, jobId, 'FAILED');
    expect(await world.describe(jobId)).toMatchObject({ status: 'COMPLETED', completedAt: expect.any(Date) as unknown });
  });

  documented(guide, 'that is continuous is for whoever joins its group, and for nobody who leaves it', async () => {
    const [first = '', second = ''] = await world.things(2);
    const group = await world.group([first]);
    const jobId = await world.job([], { targets: [world.arn(`thinggroup/${group}`)], targetSelection: 'CONTINUOUS' });
    await report(first, jobId, 'SUCCEEDED');
    expect(await world.describe(jobId)).toMatchObject({ status: 'IN_PROGRESS' });
    await world.join(second, group);
    world.mqtt.clock.advance(minuteMs);
    expect(await world.execution(second, jobId)).toMatchObject({ status: 'QUEUED' });
    await world.mqtt.iot.send(new RemoveThingFromThingGroupCommand({ thingName: second, thingGroupName: group }));
    expect(await world.execution(second, jobId)).toMatchObject({ status: 'REMOVED' });
  });

  documented(states, 'gives up things that are deleted', async () => {
    const [thingName = ''] = await world.things(1);
    const jobId = await world.job([thingName]);
    await world.mqtt.iot.send(new DeleteThingCommand({ thingName }));
    expect(await statusesOf(jobId)).toEqual(['REMOVED']);
    expect(await world.describe(jobId)).toMatchObject({ status: 'COMPLETED', jobProcessDetails: { numberOfRemovedThings: 1 } });
  });

  documented(reference, 'is cancelled with what waits, by force with what runs', async () => {
    const [runs = '', waits = ''] = await world.things(2);
    const gentle = await world.job([runs, waits]);
    const forced = await world.job([runs]);
    await report(runs, gentle, 'IN_PROGRESS');
    await report(runs, forced, 'IN_PROGRESS');
    await world.mqtt.iot.send(new CancelJobCommand({ jobId: gentle, reasonCode: 'NOT_NOW', comment: 'later' }));
    await world.mqtt.iot.send(new CancelJobCommand({ jobId: forced, force: true }));
    expect(await world.describe(gentle)).toMatchObject({
      status: 'CANCELED',
      reasonCode: 'NOT_NOW',
      comment: 'later',
      forceCanceled: false,
    });
    expect([await world.execution(runs, gentle), await world.execution(waits, gentle)]).toMatchObject([
      { status: 'IN_PROGRESS' },
      { status: 'CANCELED' },
    ]);
    expect(await world.execution(runs, forced)).toMatchObject({ status: 'CANCELED', forceCanceled: true });
  });

  assumed('jobs.cancel-ended-job', 'is cancelled once', async () => {
    const jobId = await world.job(await world.things(1));
    await world.mqtt.iot.send(new CancelJobCommand({ jobId }));
    await expect(world.mqtt.iot.send(new CancelJobCommand({ jobId }))).rejects.toEqual(refused('InvalidRequestException', 400));
  });

  assumed('jobs.deletion-ms', 'is deleted after a while, and only by force while it runs', async () => {
    const [thingName = ''] = await world.things(1);
    const jobId = await world.job([thingName]);
    await expect(world.mqtt.iot.send(new DeleteJobCommand({ jobId }))).rejects.toEqual(refused('InvalidStateTransitionException', 409));
    await world.mqtt.iot.send(new DeleteJobCommand({ jobId, force: true }));
    expect(await world.describe(jobId)).toMatchObject({ status: 'DELETION_IN_PROGRESS' });
    world.mqtt.clock.advance(1000);
    await expect(world.describe(jobId)).rejects.toEqual(refused('ResourceNotFoundException', 404));
    await expect(world.execution(thingName, jobId)).rejects.toEqual(refused('ResourceNotFoundException', 404));
  });

  documented(reference, 'is listed by state, kind and group, with its executions by job and by thing', async () => {
    const [thingName = ''] = await world.things(1);
    const group = await world.group([thingName]);
    const thingGroupName = group;
    const jobId = await world.job([], { targets: [world.arn(`thinggroup/${group}`)], targetSelection: 'CONTINUOUS' });
    const list = async (input: object) =>
      (await world.mqtt.iot.send(new ListJobsCommand({ thingGroupName, ...input }))).jobs?.map((job) => job.jobId);
    expect(await list({ targetSelection: 'CONTINUOUS', status: 'IN_PROGRESS' })).toEqual([jobId]);
    expect(await list({ status: 'COMPLETED' })).toEqual([]);
    const { executionSummaries } = await world.mqtt.iot.send(new ListJobExecutionsForThingCommand({ thingName, status: 'QUEUED' }));
    expect(executionSummaries).toMatchObject([{ jobId, jobExecutionSummary: { status: 'QUEUED' } }]);
    await expect(list({ thingGroupName: 'nobody' })).rejects.toEqual(refused('ResourceNotFoundException', 404));
  });
});

describe('An execution', () => {
  documented(reference, 'is cancelled in the version expected, by force while it runs', async () => {
    const [thingName = ''] = await world.things(1);
    const jobId = await world.job([thingName]);
    await report(thingName, jobId, 'IN_PROGRESS');
    const cancel = (input: object) => world.mqtt.iot.send(new CancelJobExecutionCommand({ thingName, jobId, ...input }));
    await expect(cancel({})).rejects.toEqual(refused('InvalidStateTransitionException', 409));
    await expect(cancel({ force: true, expectedVersion: 1 })).rejects.toEqual(refused('VersionConflictException', 409));
    await cancel({ force: true, expectedVersion: 2, statusDetails: { why: 'because' } });
    expect(await world.execution(thingName, jobId)).toMatchObject({
      ...{ status: 'CANCELED', forceCanceled: true, versionNumber: 3 },
      statusDetails: { detailsMap: { why: 'because' } },
    });
  });

  documented(reference, 'is deleted by its number, by force while it runs', async () => {
    const [thingName = ''] = await world.things(1);
    const jobId = await world.job([thingName]);
    await report(thingName, jobId, 'IN_PROGRESS');
    const { executionNumber = 0 } = await world.execution(thingName, jobId);
    const remove = (input: object) => world.mqtt.iot.send(new DeleteJobExecutionCommand({ thingName, jobId, executionNumber, ...input }));
    await expect(remove({})).rejects.toEqual(refused('InvalidStateTransitionException', 409));
    await expect(remove({ force: true, executionNumber: executionNumber + 1 })).rejects.toEqual(refused('ResourceNotFoundException', 404));
    await remove({ force: true });
    expect(await statusesOf(jobId)).toEqual([]);
    expect(await world.describe(jobId)).toMatchObject({ status: 'COMPLETED' });
  });

  documented(guide, 'times out when it runs for longer than the job lets it', async () => {
    const [thingName = ''] = await world.things(1);
    const jobId = await world.job([thingName], { timeoutConfig: { inProgressTimeoutInMinutes: 2 } });
    world.mqtt.clock.advance(10 * minuteMs);
    await report(thingName, jobId, 'IN_PROGRESS');
    world.mqtt.clock.advance(minuteMs);
    await report(thingName, jobId, 'IN_PROGRESS');
    expect(await world.execution(thingName, jobId)).toMatchObject({ status: 'IN_PROGRESS', approximateSecondsBeforeTimedOut: 60 });
    world.mqtt.clock.advance(minuteMs);
    expect(await world.execution(thingName, jobId)).toMatchObject({ status: 'TIMED_OUT' });
    expect(await world.describe(jobId)).toMatchObject({ status: 'COMPLETED', jobProcessDetails: { numberOfTimedOutThings: 1 } });
  });
});
