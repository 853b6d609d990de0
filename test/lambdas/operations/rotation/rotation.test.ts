import { parseConfiguration } from '../../../../domain/configuration.ts';
import { devicesRotate } from '../../../../domain/operations/devices-rotate.ts';
import { devicesShow } from '../../../../domain/operations/devices-show.ts';
import { rotationHalt } from '../../../../domain/operations/rotation-halt.ts';
import { rotationResume } from '../../../../domain/operations/rotation-resume.ts';
import { rotationShow } from '../../../../domain/operations/rotation-show.ts';
import { rotationStart } from '../../../../domain/operations/rotation-start.ts';
import { newCampaign, type Wave } from '../../../../domain/rotation/campaign.ts';
import { NOON, aCertificate, anEnrollment } from '../../../builders/enrollment.ts';
import { aKey, aLine, aSerial } from '../../../builders/identifiers.ts';
import { inMemoryCampaignStore } from '../../../fakes/in-memory-campaign-store.ts';
import { fakeRotationJobs } from '../../../fakes/fake-rotation-jobs.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';
import { numberedIds } from '../../../fakes/numbered-ids.ts';
import { rotationIdOf } from '../../../../domain/rotation/rotation-name.ts';

const line = aLine();
const HOUR_MS = 3_600_000;
const serialNumber = aSerial('SN-1');
const active = anEnrollment({ serialNumber, state: 'active', boundKey: aKey('device'), certificates: [aCertificate('first')] });

const operationsOn = async (settings: object = { rotation: {} }) => {
  const configuration = parseConfiguration({ lines: [{ name: line, ...settings }] }, ['pki']);
  const [campaigns, cloud, unique] = [inMemoryCampaignStore(), fakeRotationJobs(), numberedIds('r')];
  const resources = {
    configuration,
    rotation: {
      ...{ campaigns, jobs: cloud.jobs, due: { count: () => Promise.resolve(7) } },
      newId: () => rotationIdOf('muster', unique()),
    },
  };
  const operations = inProcessOperations({ resources });
  await operations.store.register(active);
  return { ...operations, campaigns, jobs: cloud, read: async () => (await operations.store.readMany([active.thingName]))[0] };
};

describe('The rotation of a line', () => {
  test('is shown, also before there was any', async () => {
    const { client } = await operationsOn();
    expect(await client.call(rotationShow, { line })).toEqual({
      rotation: { line, phase: 'idle', due: 7, underWay: 0, succeeded: 0, failed: 0 },
    });
  });

  test('is started for everything in use by now, and that is on record', async () => {
    const { client, campaigns, audit } = await operationsOn();
    expect(await client.call(rotationStart, { line })).toMatchObject({ outcome: 'changed', rotation: { demandedBefore: NOON } });
    expect(await campaigns.read(line)).toMatchObject({ demand: { before: NOON } });
    expect(await campaigns.read(line)).not.toHaveProperty('untold');
    expect(audit.events).toEqual([
      expect.objectContaining({ code: 'rotation.demanded', line, operation: 'rotation.start', scope: 'operator' }),
    ]);
  });

  test('is halted and resumed, with the reason on record, and each twice changes nothing', async () => {
    const { client, campaigns, audit } = await operationsOn();
    expect(await client.call(rotationHalt, { line, note: 'they fail' })).toMatchObject({
      outcome: 'changed',
      rotation: { phase: 'halted' },
    });
    expect(await client.call(rotationHalt, { line, note: 'they fail' })).toMatchObject({ outcome: 'unchanged' });
    await expect(client.call(rotationStart, { line })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(await client.call(rotationResume, { line, note: 'mended' })).toMatchObject({ outcome: 'changed', rotation: { phase: 'idle' } });
    expect(await client.call(rotationResume, { line, note: 'mended' })).toMatchObject({ outcome: 'unchanged' });
    expect(audit.events.map(({ code, note }) => [code, note])).toEqual([
      ['rotation.halted', 'they fail'],
      ['operation.refused', undefined],
      ['rotation.resumed', 'mended'],
    ]);
    expect((await campaigns.read(line))?.phase).toBe('idle');
  });

  test('is shown as its jobs stand, though the planner has not looked since, which alone writes it down', async () => {
    const { client, campaigns, jobs } = await operationsOn();
    await client.call(devicesRotate, { serialNumber });
    expect(await client.call(rotationShow, { line })).toMatchObject({ rotation: { underWay: 1, succeeded: 0 } });
    const before = await campaigns.read(line);
    jobs.end('succeeded', [active.thingName]);
    expect(await client.call(rotationShow, { line })).toMatchObject({ rotation: { underWay: 0, succeeded: 1, failed: 0 } });
    expect(await campaigns.read(line)).toEqual(before);
  });

  test('is shown by so many requests at the most, and none of jobs that are over', async () => {
    const { client, campaigns, jobs } = await operationsOn();
    const wave = (number: number): Wave => ({
      ...{ id: rotationIdOf('muster', String(number)), size: 2, startedAt: NOON, until: NOON + HOUR_MS, lookAt: NOON },
      ...{ ended: number < 30 ? 2 : 0, succeeded: 0, failed: 0 },
    });
    await campaigns.write({ ...newCampaign(line), version: 1, waves: Array.from({ length: 70 }, (_, number) => wave(number)) });
    expect(await client.call(rotationShow, { line })).toMatchObject({ rotation: { underWay: 80 } });
    expect(jobs.reported()).toBe(25);
  });

  test('is not changed by a dry run', async () => {
    const { client, campaigns } = await operationsOn();
    expect(await client.call(rotationHalt, { line, note: 'they fail' }, { isDryRun: true })).toMatchObject({
      rotation: { phase: 'halted' },
    });
    expect(await campaigns.read(line)).toBeUndefined();
  });

  test('is refused where the line does not rotate', async () => {
    const { client } = await operationsOn({});
    await expect(client.call(rotationStart, { line })).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
      message: expect.stringMatching(/`rotation`/) as string,
    });
    await expect(client.call(devicesRotate, { serialNumber })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });
});

describe('One device', () => {
  test('is asked at once, by a job of its own that the planner follows', async () => {
    const { client, jobs, campaigns, read, audit } = await operationsOn({ rotation: { patienceHours: 2 } });
    expect(await client.call(devicesRotate, { serialNumber })).toMatchObject({ outcome: 'changed', device: { state: 'rotating' } });
    const until = NOON + 2 * HOUR_MS;
    expect(jobs.created).toEqual([{ id: 'muster-rotation-r-1', things: [active.thingName], perMinute: 1, until }]);
    expect(await campaigns.read(line)).toMatchObject({
      phase: 'idle',
      waves: [{ id: 'muster-rotation-r-1', size: 1, until, isByHand: true }],
    });
    expect(await read()).toMatchObject({ rotation: { id: 'muster-rotation-r-1', until } });
    expect(audit.events).toEqual([expect.objectContaining({ code: 'rotation.started', operation: 'devices.rotate' })]);
    const { device } = await client.call(devicesShow, { serialNumber });
    expect(device.rotation).toEqual({ id: 'muster-rotation-r-1', startedAt: NOON, until });
  });

  test('is asked while its line is halted, too', async () => {
    const { client, campaigns, jobs } = await operationsOn();
    await campaigns.write({ ...newCampaign(line), phase: 'halted', version: 1 });
    await client.call(devicesRotate, { serialNumber });
    expect(jobs.asked()).toEqual([active.thingName]);
    expect(await campaigns.read(line)).toMatchObject({ phase: 'halted' });
  });

  test('gets its job by the same command again, where the power failed before it had one', async () => {
    const { client, jobs, store } = await operationsOn();
    const rotation = { id: rotationIdOf('muster', 'before'), startedAt: NOON, until: NOON + HOUR_MS };
    await store.replace({ ...active, state: 'rotating', version: 2, rotation });
    expect(await client.call(devicesRotate, { serialNumber })).toMatchObject({ outcome: 'unchanged' });
    expect(jobs.created).toMatchObject([{ id: rotation.id, things: [active.thingName], until: rotation.until }]);
  });

  test.each(['registered', 'revoked'] as const)('is not asked when it is %s', async (state) => {
    const { client, jobs, store } = await operationsOn();
    await store.replace({ ...active, state, version: 2 });
    await expect(client.call(devicesRotate, { serialNumber })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(jobs.created).toEqual([]);
  });

  test('is not asked for what there is not', async () => {
    const { client, jobs, store } = await operationsOn();
    await store.replace({ ...active, onProbation: true, version: 2 });
    await expect(client.call(devicesRotate, { serialNumber })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(jobs.created).toEqual([]);
  });

  test('is not asked by a dry run', async () => {
    const { client, jobs, campaigns, read } = await operationsOn();
    expect(await client.call(devicesRotate, { serialNumber }, { isDryRun: true })).toMatchObject({ outcome: 'changed' });
    expect([jobs.created, await campaigns.read(line), (await read())?.state]).toEqual([[], undefined, 'active']);
  });
});
