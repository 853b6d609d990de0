import fc from 'fast-check';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import type { IotConnection, IotMessage } from '../../../../local/iot/connection.ts';
import { DeviceOperations } from '../../../../local/iot/jobs/device-operations.ts';
import { isPending, type JobExecution } from '../../../../local/iot/jobs/job.ts';
import { isJobFilter, parseJobTopic } from '../../../../local/iot/jobs/job-topics.ts';
import { jobsOverMqtt } from '../../../../local/iot/jobs/jobs-over-mqtt.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';

const connection: IotConnection = {
  ...{ clientId: 'c', principalId: 'p', thing: undefined, protocolVersion: 5 },
  ...{ sessionIdentifier: 's', sourceIp: '127.0.0.1', sourcePort: 1 },
};

/** Two jobs for one thing, and what the thing is answered. */
const startWorld = async () => {
  const clock = new ManualClock(testStartMs);
  const { client, jobs, registry } = createIotControlPlane({ account: testAccount, clock });
  await client.call('CreateThing', { thingName: 't' });
  const targets = [registry.arn('thing', 't')];
  for (const jobId of ['a', 'b']) {
    await client.call('CreateJob', { jobId, targets, document: '{}', timeoutConfig: { inProgressTimeoutInMinutes: 3 } });
  }
  const replies: IotMessage[] = [];
  const reply = (_to: IotConnection, message: IotMessage): Promise<void> => Promise.resolve(void replies.push(message));
  const topics = jobsOverMqtt({
    operations: new DeviceOperations({ jobs, registry, clock }),
    throttle: () => undefined,
    behaviour: createBehaviour(),
    now: () => clock.now(),
    broker: () => ({ reply }),
  });
  const send = (topic: string, payload: string): Promise<void> =>
    topics.handle(connection, { topic, payload: Buffer.from(payload), qos: 0, retain: false });
  return { clock, client, jobs, replies, send };
};

const request = fc.constantFrom('get', 'start-next', 'a/get', 'b/get', '$next/get', 'a/update', 'b/update', '$next/update', 'odd', 'a/odd');

const body = fc.oneof(
  fc.record(
    {
      status: fc.constantFrom('IN_PROGRESS', 'FAILED', 'SUCCEEDED', 'REJECTED', 'QUEUED', 7),
      expectedVersion: fc.nat(4),
      stepTimeoutInMinutes: fc.constantFrom(-1, 0, 1, 5, 'x'),
      statusDetails: fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 })),
      includeJobDocument: fc.boolean(),
    },
    { requiredKeys: ['status'] },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const step = fc.oneof(
  fc.record({ topic: request.map((name) => `$aws/things/t/jobs/${name}`), payload: body.map((value) => JSON.stringify(value)) }),
  fc.record({ topic: request.map((name) => `$aws/things/t/jobs/${name}`), payload: fc.string() }),
  fc.record({ waitMs: fc.integer({ min: 0, max: 120_000 }) }),
);

const mayFollow = (before: JobExecution | undefined, after: JobExecution): boolean => {
  if (before === undefined || before === after) return true;
  return isPending(before) && after.versionNumber === before.versionNumber + 1 && after.status !== 'QUEUED';
};

test('Any request is answered once, and an execution that has ended stays as it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { clock, jobs, replies, send } = await startWorld();
      const seen = new Map<string, JobExecution>();
      jobs.store.listeners.add(({ kind, after }) => {
        if (kind !== 'execution' || after === undefined) return;
        expect(mayFollow(seen.get(after.jobId), after)).toBe(true);
        seen.set(after.jobId, after);
      });
      let sent = 0;
      for (const next of steps) {
        if ('waitMs' in next) clock.advance(next.waitMs);
        else await send(next.topic, next.payload);
        if ('topic' in next) sent += 1;
        expect(replies).toHaveLength(sent);
      }
      clock.advance(86_400_000);
      // Nothing runs for longer than its job lets it, and a job is over when all its executions are.
      for (const [jobId, execution] of seen) {
        expect(execution.status).not.toBe('IN_PROGRESS');
        expect(jobs.store.jobs.get(jobId)?.status).toBe(execution.status === 'QUEUED' ? 'IN_PROGRESS' : 'COMPLETED');
      }
    }),
    { numRuns: 150 },
  );
});

describe('Topics of jobs', () => {
  test.each(['get', 'start-next', 'j/get', '$next/get', 'j/update', 'odd', 'j/odd', 'get/more/levels'])('take %s from clients', (name) => {
    expect(parseJobTopic(`$aws/things/t/jobs/${name}`)).toMatchObject({ thingName: 't' });
  });

  test.each([
    '$aws/things/t/jobs',
    '$aws/things/t/jobs/get/accepted',
    '$aws/things/t/jobs/notify',
    '$aws/things/t/shadow/get',
    'things/t/jobs/get',
  ])('do not take %s from clients', (topic) => {
    expect(parseJobTopic(topic)).toBeUndefined();
  });

  test.each([
    't/jobs/#',
    '+/jobs/notify',
    't/jobs/notify-next',
    't/jobs/+/get/accepted',
    't/jobs/j/update/+',
    't/jobs/start-next/#',
    't/jobs/$next/get/rejected',
  ])('can be heard by %s', (filter) => {
    expect(isJobFilter(`$aws/things/${filter}`)).toBe(true);
  });

  test.each(['t/jobs/get', 't/jobs/odd/accepted', 't/jobs/j/odd/accepted', 't/jobs/notify/more', 't/shadow/#', 'a b/jobs/#'])(
    'cannot be heard by %s',
    (filter) => {
      expect(isJobFilter(`$aws/things/${filter}`)).toBe(false);
    },
  );
});
