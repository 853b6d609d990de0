import { CreateThingCommand, DescribeJobCommand, GetJobDocumentCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { createIotRotationJobs } from '../../../aws/iot/rotation-jobs.ts';
import { thingName } from '../../../domain/identifiers.ts';
import { rotationJobDocument } from '../../../domain/rotation/job-document.ts';
import { rotationIdOf } from '../../../domain/rotation/rotation-name.ts';
import { arn, fresh, useControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

const plane = useControlPlane();

const aThing = async () => {
  const thing = z.parse(thingName, fresh('thing'));
  await plane.iot.send(new CreateThingCommand({ thingName: thing }));
  return thing;
};

const aJob = async (count = 2) => {
  const things = await Promise.all(Array.from({ length: count }, aThing));
  return { id: rotationIdOf('muster', fresh('job')), things, perMinute: 20, until: 1_800_000_000_000 };
};

const jobs = () => createIotRotationJobs(plane.iot, arn('thing/'));

describe('A job that asks devices for another credential', () => {
  test('says so, until when, and nothing else; and spreads over minutes', async () => {
    const job = await aJob();
    await jobs().create(job);
    const { document = '' } = await plane.iot.send(new GetJobDocumentCommand({ jobId: job.id }));
    expect(z.parse(rotationJobDocument, JSON.parse(document))).toEqual(JSON.parse(document));
    expect(JSON.parse(document)).toMatchObject({ operation: 'muster.rotate-credential', until: job.until });
    const { job: made } = await plane.iot.send(new DescribeJobCommand({ jobId: job.id }));
    expect(made).toMatchObject({
      targetSelection: 'SNAPSHOT',
      targets: job.things.map((thing) => arn(`thing/${thing}`)),
      jobExecutionsRolloutConfig: { maximumPerMinute: 20 },
    });
  });

  test('may be made twice', async () => {
    const job = await aJob();
    await jobs().create(job);
    await expect(jobs().create(job)).resolves.toBeUndefined();
  });

  test('leaves out things that are gone, and asks the others', async () => {
    const job = await aJob();
    const gone = z.parse(thingName, fresh('gone'));
    await jobs().create({ ...job, things: [...job.things, gone] });
    const { job: made } = await plane.iot.send(new DescribeJobCommand({ jobId: job.id }));
    expect(made?.targets).toHaveLength(2);
    const nobody = { ...(await aJob(0)), things: [gone] };
    await jobs().create(nobody);
    expect(await jobs().report(nobody.id)).toMatchObject({ isThere: false });
  });

  test('is reported with how many are through', async () => {
    const job = await aJob();
    await jobs().create(job);
    expect(await jobs().report(job.id)).toMatchObject({ isThere: true, isCancelled: false, isOver: false, ended: 0 });
    plane.clock.advance(2000);
    await jobs().cancel({ id: job.id, isForced: true });
    expect(await jobs().report(job.id)).toMatchObject({ isCancelled: true, isOver: true, ended: 2, succeeded: 0, failed: 0 });
  });

  test('may be cancelled twice, or where there is none', async () => {
    const job = await aJob();
    await jobs().create(job);
    await jobs().cancel({ id: job.id, isForced: false });
    await expect(jobs().cancel({ id: job.id, isForced: true })).resolves.toBeUndefined();
    await expect(jobs().cancel({ id: rotationIdOf('muster', fresh('none')), isForced: true })).resolves.toBeUndefined();
  });
});
