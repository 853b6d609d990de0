import { mqttVersions } from '../../../device/mqtt/mqtt-session.ts';
import { type Life, StayingWorld } from './staying-world.ts';

const MINUTE_MS = 60_000;
const worlds: StayingWorld[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const start = async (life: Life): Promise<StayingWorld> => {
  const world = await StayingWorld.start(life);
  worlds.push(world);
  return world;
};

let words = 0;

/** Lets minutes pass in which one message goes each way; what was said in each must arrive before the next. */
const talkFor = async (world: StayingWorld, minutes: number): Promise<readonly string[]> => {
  const said: string[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    world.advance(MINUTE_MS);
    const text = `word ${(words += 1)}`;
    said.push(text);
    world.report(text);
    await world.command(text);
    await world.until(() => world.arrived.includes(text) && world.received.includes(text));
  }
  return said;
};

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

describe.each(mqttVersions)('A device that stays connected over MQTT %s', (version) => {
  test('F29: renews its session with a fresh proof before the cloud ends it, and loses no message', async () => {
    const world = await start({ version, sessionSeconds: 600, proofMs: 600_000 });
    for (const connections of [2, 3, 4]) {
      const said = await talkFor(world, 8);
      world.advance(MINUTE_MS / 2);
      await world.until(() => world.connections === connections);
      expect(distinct(world.arrived)).toEqual(expect.arrayContaining([...said]));
      expect(distinct(world.received)).toEqual(expect.arrayContaining([...said]));
    }
    expect(world.disconnectReasons).toEqual(['CLIENT_INITIATED_DISCONNECT']);
    expect(await world.leave()).toEqual({ outcome: 'left', unsent: 0 });
  });

  test('F29: comes back with a fresh proof when the cloud ends its session, and loses no message', async () => {
    const world = await start({ version, sessionSeconds: 300 });
    const said = await talkFor(world, 11);
    expect(world.connections).toBeGreaterThanOrEqual(3);
    expect(world.disconnectReasons).toEqual(['CUSTOMAUTH_TTL_EXPIRATION']);
    expect(distinct(world.arrived)).toEqual(said);
    expect(distinct(world.received)).toEqual(said);
  });
});

describe('A device that stays connected', () => {
  test('loses nothing of what is on its way in both directions while it renews its session', async () => {
    const world = await start({ version: '5', sessionSeconds: 600, proofMs: 600_000 });
    await talkFor(world, 8);
    const said = Array.from({ length: 60 }, (_, index) => `of many ${index}`);
    const talking = said.map(async (text) => {
      world.report(text);
      await world.command(text);
    });
    world.advance(MINUTE_MS / 2);
    await Promise.all(talking);
    await world.until(() => world.connections === 2);
    await world.until(() => said.every((text) => world.arrived.includes(text) && world.received.includes(text)));
    expect(world.disconnectReasons).toEqual(['CLIENT_INITIATED_DISCONNECT']);
  });

  test('gets what was said while it was away', async () => {
    const world = await start({ version: '5', sessionSeconds: 300 });
    await talkFor(world, 4);
    world.advance(MINUTE_MS + 1);
    await world.command('while it was away');
    world.report('from afar');
    await world.until(() => world.received.includes('while it was away') && world.arrived.includes('from afar'));
  });

  test('takes up a newer credential at the next connection', async () => {
    const world = await start({ version: '5', sessionSeconds: 300 });
    await world.give('2', '1');
    await talkFor(world, 6);
    expect(world.connections).toBe(2);
  });
});
