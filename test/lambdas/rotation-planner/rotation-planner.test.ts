import { newCampaign } from '../../../domain/rotation/campaign.ts';
import { demanded } from '../../../domain/rotation/campaign-changes.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aKey } from '../../builders/identifiers.ts';
import { startDynamoDb } from '../../fakes/local-dynamodb.ts';
import { DAY_MS, HOUR_MS, aDueDevice, aPlanner, line } from './planner-world.ts';

let dynamoDb: Awaited<ReturnType<typeof startDynamoDb>>;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const devices = (count: number, more: (index: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, index) => aDueDevice(`SN-${index}`, more(index)));

describe('The planner', () => {
  test('has a device asked whose credential is due: on record first, then by a job', async () => {
    const [device] = [aDueDevice('SN-1')];
    const { run, read, cloud, events, time, campaign } = await aPlanner(dynamoDb, { patienceHours: 2 }, [device]);
    await run();
    const until = time.now + 2 * HOUR_MS;
    expect(cloud.created).toEqual([{ id: 'muster-rotation-r-1', things: [device.thingName], perMinute: 20, until }]);
    expect(await read(device)).toMatchObject({ state: 'rotating', rotation: { id: 'muster-rotation-r-1', startedAt: time.now, until } });
    expect(events).toEqual([expect.objectContaining({ code: 'rotation.started', rotation: 'muster-rotation-r-1' })]);
    expect(await campaign()).toMatchObject({ phase: 'rolling', waves: [{ size: 1 }] });
  });

  test('leaves alone what is not due, not active, of a line that does not rotate, or nobody’s', async () => {
    const others = [
      aDueDevice('LATER', { rotateAt: Date.UTC(2027, 1) }),
      aDueDevice('QUARANTINED', { state: 'quarantined', quarantinedFrom: 'active' }),
      aDueDevice('ROTATING', { state: 'rotating' }),
      anEnrollment(),
    ];
    const { run, cloud } = await aPlanner(dynamoDb, {}, others);
    await run();
    expect(cloud.created).toEqual([]);
  });

  test('puts off by a day a device for which there is nothing else', async () => {
    const [device, other] = [aDueDevice('A'), aDueDevice('B')];
    const { run, read, cloud, time } = await aPlanner(dynamoDb, {}, [device, other]);
    await run({ hasNext: ({ thingName }) => thingName !== device.thingName });
    expect(await read(device)).toMatchObject({ state: 'active', rotateAt: time.now + DAY_MS });
    expect(cloud.asked()).toEqual([other.thingName]);
  });

  test('costs four reads a line where nothing is due: two to plan, and two to tell of it', async () => {
    const { run, told } = await aPlanner(dynamoDb, {}, [aDueDevice('LATER', { rotateAt: Date.UTC(2027, 1) })]);
    await run();
    expect(dynamoDb.takeSent()).toEqual(['GetItemCommand', 'QueryCommand', 'GetItemCommand', 'QueryCommand']);
    expect(told).toEqual([{ line, measured: { RotationsRunning: [0], RotationOverdueHours: [0] } }]);
  });

  test('tells how many rotate, and for how long the one has waited that is due longest', async () => {
    const late = aDueDevice('LATE', { rotateAt: NOON - 20 * DAY_MS });
    const { run, runAfter, told } = await aPlanner(dynamoDb, { windows: [{ from: '12:30', until: '13:00' }] }, [late, ...devices(3)]);
    await run();
    expect(told.at(-1)?.measured).toEqual({ RotationsRunning: [0], RotationOverdueHours: [480] });
    await runAfter(HOUR_MS / 2);
    expect(told.at(-1)?.measured).toEqual({ RotationsRunning: [4], RotationOverdueHours: [0] });
  });

  test('F16: goes through all that is due, however many, and asks each once', async () => {
    const due = devices(730);
    const { run, runAfter, cloud } = await aPlanner(dynamoDb, { perMinute: 60, atOnce: 10_000 }, due);
    await run();
    for (let again = 0; again < 4; again += 1) await runAfter();
    expect(cloud.asked()).toHaveLength(730);
    expect(new Set(cloud.asked()).size).toBe(730);
    expect(Math.max(...cloud.created.map(({ things }) => things.length))).toBeLessThanOrEqual(100);
  });

  test('costs little more than a write for each device that is due', async () => {
    const { run } = await aPlanner(dynamoDb, { perMinute: 600, atOnce: 10_000 }, devices(300));
    await run();
    expect(dynamoDb.takeSent().length / 300).toBeLessThan(1.1);
  });

  test('asks no more at once than may be, and the next as soon as some are through', async () => {
    const { run, runAfter, cloud } = await aPlanner(dynamoDb, { atOnce: 20 }, devices(50));
    await run();
    await runAfter();
    expect(cloud.asked()).toHaveLength(20);
    cloud.end('succeeded', cloud.asked().slice(0, 15));
    await runAfter();
    expect(cloud.asked()).toHaveLength(35);
  });

  test('asks nobody outside the windows', async () => {
    const { run, runAfter, cloud } = await aPlanner(dynamoDb, { windows: [{ from: '12:30', until: '13:00' }] }, devices(3));
    await run();
    expect(cloud.asked()).toEqual([]);
    expect(dynamoDb.takeSent()).toEqual(['GetItemCommand', 'GetItemCommand', 'QueryCommand']);
    await runAfter(HOUR_MS / 2);
    expect(cloud.asked()).toHaveLength(3);
  });

  test('asks a few first, and the rest when that went well', async () => {
    const { run, runAfter, cloud, campaign } = await aPlanner(dynamoDb, { canary: 0.1 }, devices(30));
    await run();
    await runAfter();
    expect(cloud.asked()).toHaveLength(3);
    cloud.end('succeeded', cloud.asked());
    await runAfter();
    expect(await campaign()).toMatchObject({ phase: 'rolling', succeeded: 3 });
    expect(cloud.asked()).toHaveLength(30);
  });

  test('rests when everybody is through', async () => {
    const { run, runAfter, cloud, campaign } = await aPlanner(dynamoDb, {}, devices(3));
    await run();
    cloud.end('succeeded', cloud.asked());
    await runAfter();
    expect(await campaign()).toMatchObject({ phase: 'idle', waves: [], succeeded: 0 });
  });

  test('halts when too many fail, says so once, cancels what is under way, and asks nobody more', async () => {
    const { run, runAfter, cloud, campaign, events } = await aPlanner(
      dynamoDb,
      { perMinute: 5, abortAfter: 10, abortAbove: 0.2 },
      devices(60),
    );
    await run();
    await runAfter();
    cloud.end('failed', cloud.asked().slice(0, 10));
    await runAfter();
    await runAfter();
    await runAfter(DAY_MS);
    expect(await campaign()).toMatchObject({ phase: 'halted', failed: 10 });
    expect(await campaign()).not.toHaveProperty('untold');
    expect(events.filter(({ code }) => code === 'rotation.halted')).toEqual([
      expect.objectContaining({ line, actor: { kind: 'service', name: 'rotation-planner' } }),
    ]);
    expect(cloud.cancelled.map(({ id }) => id)).toEqual(cloud.created.map(({ id }) => id));
    expect(cloud.asked()).toHaveLength(40);
  });

  test('cancels the job of a wave whose time is over, also for those who have begun', async () => {
    const { run, runAfter, cloud, campaign } = await aPlanner(dynamoDb, { patienceHours: 1, abortAfter: 100 }, devices(2));
    await run();
    cloud.end('inProgress', cloud.asked().slice(0, 1));
    await runAfter(HOUR_MS);
    expect(cloud.cancelled).toEqual([{ id: cloud.created[0]?.id, isForced: true }]);
    expect(await campaign()).toMatchObject({ waves: [], phase: 'idle' });
  });

  test('puts off by a day a device of which another key is awaited, and asks the others', async () => {
    const [waiting, other] = [aDueDevice('WAITS', { candidateKey: aKey('other') }), aDueDevice('SN-2')];
    const { run, read, cloud, time } = await aPlanner(dynamoDb, {}, [waiting, other]);
    await run();
    expect(cloud.asked()).toEqual([other.thingName]);
    expect(await read(waiting)).toMatchObject({ state: 'active', version: 1, rotateAt: time.now + DAY_MS });
  });
});

describe('Two planners at once', () => {
  test('ask each device once, and no more than one of them would', async () => {
    const { run, cloud, faults } = await aPlanner(dynamoDb, { perMinute: 5 }, devices(60));
    await Promise.all([run(), run(), run()]);
    await run();
    expect(cloud.asked()).toHaveLength(20);
    expect(new Set(cloud.asked()).size).toBe(20);
    expect(faults).toEqual([]);
  });
});

describe('A planner that breaks off', () => {
  const broken = () => Promise.reject(new Error('the power failed'));

  test.each(['write', 'replace', 'create', 'settle'] as const)('at its %s asks nobody twice, and the next goes on', async (step) => {
    const due = devices(40);
    const { run, runAfter, cloud, props } = await aPlanner(dynamoDb, { perMinute: 5 }, due);
    let writes = 0;
    const settleFails = { ...props.campaigns, write: (next: never) => ((writes += 1) > 1 ? broken() : props.campaigns.write(next)) };
    await run({
      ...(step === 'write' ? { campaigns: { ...props.campaigns, write: broken } } : {}),
      ...(step === 'settle' ? { campaigns: settleFails } : {}),
      ...(step === 'replace' ? { store: { ...props.store, replace: broken } } : {}),
      ...(step === 'create' ? { jobs: { ...props.jobs, create: broken } } : {}),
    });
    for (let again = 0; again < 6; again += 1) {
      await runAfter();
      cloud.end('succeeded', cloud.asked());
    }
    expect(new Set(cloud.asked()).size).toBe(cloud.asked().length);
    // Who was marked and never asked waits until its rotation is withdrawn.
    expect(cloud.asked()).toHaveLength(step === 'create' ? 20 : 40);
    expect((await props.campaigns.read(line))?.waves).toEqual([]);
  });

  test('between a halt and its record leaves the record to the next', async () => {
    const { run, runAfter, cloud, props, events } = await aPlanner(dynamoDb, { abortAfter: 1 }, devices(2));
    await run();
    cloud.end('failed', cloud.asked());
    await runAfter(undefined, {
      audit: {
        emit: () => {
          throw new Error('the power failed');
        },
      },
    });
    expect(await props.campaigns.read(line)).toMatchObject({ phase: 'halted', untold: { code: 'rotation.halted' } });
    await runAfter();
    expect(events.filter(({ code }) => code === 'rotation.halted')).toHaveLength(1);
  });

  test('on one line plans the others', async () => {
    const { run, cloud, props, faults } = await aPlanner(dynamoDb, {}, devices(1));
    const [rotation] = props.rotations;
    const campaigns = { ...props.campaigns, read: (asked: typeof line) => (asked === line ? props.campaigns.read(asked) : broken()) };
    const another = rotation === undefined ? [] : [{ ...rotation, line: anEnrollment({ line: 'another' as typeof line }).line }, rotation];
    await run({ rotations: another, campaigns });
    expect(cloud.asked()).toHaveLength(1);
    expect(faults).toHaveLength(1);
  });
});

describe('A demand for every credential of a line', () => {
  const demandNow = async ({ props, time }: Awaited<ReturnType<typeof aPlanner>>) =>
    props.campaigns.write(demanded(newCampaign(line), { id: 'demanded', at: time.now, actor: { kind: 'operator', arn: 'ann' } }));

  test('has everybody asked once whose credential is older, whenever it is due, and is over then', async () => {
    const fleet = devices(150, (index) => ({ rotateAt: Date.UTC(2027, 1) + index }));
    const young = aDueDevice('YOUNG', { credentialSince: Date.UTC(2027, 0), rotateAt: Date.UTC(2027, 2) });
    const planner = await aPlanner(dynamoDb, { perMinute: 20 }, [...fleet, young]);
    await demandNow(planner);
    for (let again = 0; again < 5; again += 1) {
      await planner.runAfter();
      planner.cloud.end('succeeded', planner.cloud.asked());
    }
    expect(new Set(planner.cloud.asked())).toEqual(new Set(fleet.map(({ thingName }) => thingName)));
    expect(planner.cloud.asked()).toHaveLength(150);
    expect(await planner.campaign()).toMatchObject({ phase: 'idle', waves: [] });
    expect(await planner.campaign()).not.toHaveProperty('demand');
  });

  test('asks what is due first', async () => {
    const later = devices(30, () => ({ rotateAt: Date.UTC(2027, 1) }));
    const planner = await aPlanner(dynamoDb, { perMinute: 1 }, [...later, aDueDevice('DUE')]);
    await demandNow(planner);
    await planner.runAfter();
    expect(planner.cloud.asked()).toContain(aDueDevice('DUE').thingName);
    expect(planner.cloud.asked()).toHaveLength(4);
  });
});
