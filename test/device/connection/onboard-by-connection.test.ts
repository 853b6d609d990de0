import { MqttSessionError } from '../../../device/mqtt/mqtt-session.ts';
import { type ConnectionBench, createConnectionBench } from '../../fakes/connection-bench.ts';
import { WINDOW_MS } from '../../fakes/fake-entrance.ts';
import { readTestPassword } from '../../fakes/test-prover.ts';

let bench: ConnectionBench;
beforeEach(async () => {
  bench = createConnectionBench();
  await bench.give('1');
});

const HOUR_MS = 3_600_000;
const onboarded = { outcome: 'onboarded', thingName: 'muster:meter:SN-1', approach: 'test', endpoint: 'broker.example', already: false };
const shown = () =>
  bench.cloud.connections.map(({ identity }) => ('password' in identity ? readTestPassword(identity.password) : undefined));

describe('A device with a credential file', () => {
  test('connects on 443 as its thing, names its authorizer, and is let in', async () => {
    expect(await bench.run()).toEqual(onboarded);
    expect(bench.cloud.connections).toMatchObject([
      {
        endpoint: { host: 'broker.example', port: 443 },
        clientId: 'muster:meter:SN-1',
        identity: { username: 'SN-1?x-amz-customauthorizer-name=muster-test' },
      },
    ]);
    expect(shown()).toMatchObject([{ key: '1', serverName: 'broker.example', nonce: Buffer.alloc(16, 7).toString('base64url') }]);
    expect(bench.cloud.granted).toContain('muster/things/muster:meter:SN-1/#');
  });

  test('connects as the file says: port, client id, topics, and no authorizer where the endpoint has its own', async () => {
    const change = { endpoint: 'broker.example:8443', clientId: 'fleet/SN-1', topicPrefix: 'acme', authorizer: undefined };
    await bench.put(change);
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded', endpoint: 'broker.example:8443' });
    expect(bench.cloud.connections).toMatchObject([{ endpoint: { port: 8443 }, clientId: 'fleet/SN-1', identity: { username: 'SN-1' } }]);
    expect(bench.cloud.granted).toContain('acme/things/muster:meter:SN-1/#');
  });

  test('is onboarded already when it runs again, and connects only to make sure', async () => {
    await bench.run();
    expect(await bench.run({ verifies: false })).toEqual({ ...onboarded, already: true });
    expect(bench.cloud.connections).toHaveLength(1);
    expect(await bench.run()).toEqual({ ...onboarded, already: true });
    expect(bench.cloud.connections).toHaveLength(2);
  });

  test('is refused when its key is not known, in quarantine, and when the file is too open or of no use', async () => {
    bench.cloud.keys.clear();
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    bench.cloud.keys.add('1');
    bench.cloud.isQuarantined = true;
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    await bench.put({}, 0o640);
    expect(await bench.run()).toMatchObject({ outcome: 'bad-setup', message: expect.stringContaining('0600') as unknown });
    await bench.put({ secret: 'none' });
    expect(await bench.run()).toEqual({ outcome: 'bad-setup', message: 'The secret names no keys.' });
    await bench.put({ approach: 'guess' });
    expect(await bench.run()).toMatchObject({ outcome: 'bad-setup' });
  });

  test('takes being closed upon twice for a refusal where the server has no other word for it', async () => {
    bench.cloud.keys.clear();
    bench.cloud.closes = true;
    expect(await bench.run({ isToldByClosing: true })).toMatchObject({ outcome: 'refused' });
    expect(bench.time.naps).toEqual([1_500]);
    expect(await bench.run()).toMatchObject({ outcome: 'try-again' });
  });

  test('tries again when the line is broken, within the time that it has', async () => {
    bench.cloud.failures = [new MqttSessionError('unreachable', 'no route'), new MqttSessionError('timed-out', 'no answer')];
    expect(await bench.run()).toEqual(onboarded);
    bench.cloud.failures = Array.from({ length: 100 }, () => new MqttSessionError('unreachable', 'no route'));
    expect(await bench.run()).toEqual({ outcome: 'try-again', message: 'no route' });
  });

  test('is told that its clock is wrong when that is why the server cannot be verified', async () => {
    bench.cloud.failures = Array.from({ length: 100 }, () => new MqttSessionError('clock', 'not valid yet'));
    expect(await bench.run()).toEqual({ outcome: 'bad-setup', message: 'not valid yet' });
  });

  test('does not use the state directory of another device, or of one that came in by claim', async () => {
    await bench.run();
    await bench.put({ thingName: 'muster:meter:SN-2' });
    expect(await bench.run()).toMatchObject({ outcome: 'bad-setup' });
    await bench.give('1');
    const record = JSON.stringify({ schemaVersion: 1, serialNumber: 'SN-1', stage: 'asking' });
    await bench.medium.fileSystem.writeThrough('/state/onboarding.json', record, 0o600);
    expect(await bench.run()).toMatchObject({ outcome: 'bad-setup', message: expect.stringContaining('by claim') as unknown });
  });

  test('that is refused with an empty memory is told what a lost one means', async () => {
    bench.cloud.keys.clear();
    expect(await bench.run()).toMatchObject({ message: expect.stringContaining('knows of no earlier proof') as unknown });
    expect(await bench.run()).not.toMatchObject({ message: expect.stringContaining('knows of no earlier proof') as unknown });
  });
});

describe('The clock of a device', () => {
  test.each([-20 * 365 * 24 * HOUR_MS, -HOUR_MS, HOUR_MS])('F21: that is %i ms off is set by what the cloud tells', async (offMs) => {
    bench.cloud.behindMs = -offMs;
    expect(await bench.run()).toEqual(onboarded);
    const [first, second, ...more] = shown();
    expect(more).toEqual([]);
    expect(Math.abs((first?.at ?? 0) - bench.cloud.now)).toBeGreaterThan(WINDOW_MS);
    expect(Math.abs((second?.at ?? 0) - bench.cloud.now)).toBeLessThan(2_000);
    expect(bench.time.naps).toEqual([1_500]);
  });

  test('that is right needs one connection', async () => {
    expect(await bench.run()).toEqual(onboarded);
    expect(bench.cloud.connections).toHaveLength(1);
  });

  test('that is wrong while nobody tells the time is a matter of trying again', async () => {
    bench.cloud.behindMs = HOUR_MS;
    bench.cloud.answersTime = false;
    expect(await bench.run({ timeoutMs: 1 })).toMatchObject({ outcome: 'try-again', message: expect.stringContaining('time') as unknown });
  });

  test('that was set back since the last proof does not make the next one older', async () => {
    await bench.run();
    bench.time.advance(-WINDOW_MS / 2);
    bench.cloud.behindMs = WINDOW_MS / 2;
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.cloud.connections).toHaveLength(2);
  });
});

describe('A device with two keys', () => {
  const usedKeys = () => shown().map((password) => password?.key);

  test('uses the newer', async () => {
    bench.cloud.keys.add('2');
    await bench.give('2', '1');
    expect(await bench.run()).toEqual(onboarded);
    expect(usedKeys()).toEqual(['2']);
  });

  test('uses the older where the newer is refused that never was accepted, and tries the newer again after a day', async () => {
    await bench.give('2', '1');
    expect(await bench.run()).toEqual(onboarded);
    await bench.run();
    expect(usedKeys()).toEqual(['2', '1', '1']);
    bench.cloud.keys.add('2');
    bench.time.advance(24 * HOUR_MS);
    await bench.run();
    expect(usedKeys()).toEqual(['2', '1', '1', '2']);
  });

  test('passes to the newer at once where the older is refused', async () => {
    await bench.give('2', '1');
    await bench.run();
    bench.cloud.keys = new Set(['2']);
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(usedKeys()).toEqual(['2', '1', '1', '2']);
  });

  test('never goes back once the newer was accepted', async () => {
    bench.cloud.keys.add('2');
    await bench.give('2', '1');
    await bench.run();
    bench.cloud.keys.delete('2');
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    expect(usedKeys()).toEqual(['2', '2']);
  });

  test('is refused when neither is known', async () => {
    bench.cloud.keys.clear();
    await bench.give('2', '1');
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    expect(usedKeys()).toEqual(['2', '1']);
  });
});
