import * as z from 'zod/mini';
import { createIotJobExecutions } from '../../../aws/iot/job-executions.ts';
import { thingName } from '../../../domain/identifiers.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { JobsWorld } from '../../conformance/jobs-world.ts';

let world: JobsWorld;
beforeAll(async () => {
  world = await JobsWorld.start();
});
afterAll(() => world.stop());

const aJob = async () => {
  const thing = await world.thing();
  const job = await world.job([thing]);
  return { thing: z.parse(thingName, thing), job: z.parse(rotationId, job) };
};

describe('A job that a device has done', () => {
  test('succeeds, though the device never spoke of it', async () => {
    const { thing, job } = await aJob();
    await createIotJobExecutions(world.data).succeed(job, thing);
    expect(await world.execution(thing, job)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('succeeds once, however often it is told', async () => {
    const { thing, job } = await aJob();
    const executions = createIotJobExecutions(world.data);
    await executions.succeed(job, thing);
    await executions.succeed(job, thing);
    expect(await world.execution(thing, job)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('may be gone, or never have been', async () => {
    const { thing } = await aJob();
    await expect(createIotJobExecutions(world.data).succeed(z.parse(rotationId, 'never-made'), thing)).resolves.toBeUndefined();
  });
});
