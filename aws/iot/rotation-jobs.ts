import {
  CancelJobCommand,
  CreateJobCommand,
  DescribeJobCommand,
  DescribeThingCommand,
  InvalidRequestException,
  type IoTClient,
  type Job,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot';
import type { ThingName } from '../../domain/identifiers.ts';
import { ROTATE, type RotationJobDocument } from '../../domain/rotation/job-document.ts';
import type { JobReport } from '../../domain/rotation/fold-campaign.ts';
import type { RotationJob, RotationJobs } from '../../domain/rotation/planning-ports.ts';
import type { RotationId } from '../../domain/rotation/rotation.ts';
import { unlessGone } from './unless-gone.ts';

/** Jobs of AWS IoT, by its control plane. @param thingArn the ARN that a thing's name makes, up to the name. */
export const createIotRotationJobs = (client: IoTClient, thingArn: string): RotationJobs => ({
  async create(job) {
    try {
      await create(client, thingArn, job);
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      // One that is gone keeps the others from having theirs.
      const things = await thoseThere(client, job.things);
      if (things.length > 0) await create(client, thingArn, { ...job, things });
    }
  },
  async report(id) {
    const answer = await unlessGone(client.send(new DescribeJobCommand({ jobId: id })));
    return answer?.job === undefined ? missing(id) : reportOf(id, answer.job);
  },
  async cancel({ id, isForced }) {
    try {
      await client.send(new CancelJobCommand({ jobId: id, force: isForced }));
    } catch (error) {
      // AWS IoT cancels no job that is over.
      if (!(error instanceof ResourceNotFoundException) && !(error instanceof InvalidRequestException)) throw error;
    }
  },
});

const create = async (client: IoTClient, thingArn: string, { id, things, perMinute, until }: RotationJob): Promise<void> => {
  const document: RotationJobDocument = { operation: ROTATE, schemaVersion: 1, until };
  try {
    await client.send(
      new CreateJobCommand({
        jobId: id,
        description: 'Muster: asks devices for another credential.',
        targets: things.map((thing) => `${thingArn}${thing}`),
        targetSelection: 'SNAPSHOT',
        document: JSON.stringify(document),
        jobExecutionsRolloutConfig: { maximumPerMinute: perMinute },
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
};

const thoseThere = async (client: IoTClient, things: readonly ThingName[]): Promise<readonly ThingName[]> => {
  const found: ThingName[] = [];
  for (const thing of things) {
    if ((await unlessGone(client.send(new DescribeThingCommand({ thingName: thing })))) !== undefined) found.push(thing);
  }
  return found;
};

const missing = (id: RotationId): JobReport => ({
  ...{ id, isThere: false, isCancelled: false, isOver: false },
  ...{ succeeded: 0, failed: 0, inProgress: 0, ended: 0 },
});

const reportOf = (id: RotationId, { status, jobProcessDetails = {} }: Job): JobReport => {
  const { numberOfSucceededThings: succeeded = 0, numberOfInProgressThings: inProgress = 0 } = jobProcessDetails;
  const { numberOfFailedThings = 0, numberOfRejectedThings = 0, numberOfTimedOutThings = 0 } = jobProcessDetails;
  const { numberOfCanceledThings = 0, numberOfRemovedThings = 0 } = jobProcessDetails;
  const failed = numberOfFailedThings + numberOfRejectedThings + numberOfTimedOutThings;
  const isCancelled = status === 'CANCELED';
  return {
    ...{ id, isThere: true, isCancelled, succeeded, failed, inProgress },
    isOver: status === 'COMPLETED' || (isCancelled && inProgress === 0),
    ended: succeeded + failed + numberOfCanceledThings + numberOfRemovedThings,
  };
};
