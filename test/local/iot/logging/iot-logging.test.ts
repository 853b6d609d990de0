import fc from 'fast-check';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { createIotLog, type IotLogLevel } from '../../../../local/iot/events/iot-log.ts';
import { createIotLogging } from '../../../../local/iot/logging/iot-logging.ts';
import type { LoggedEvent, RoleLogWriter } from '../../../../local/iot/logging/log-delivery.ts';
import { LoggingSettings, type LogThreshold } from '../../../../local/iot/logging/logging-settings.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';

interface Written {
  readonly logGroupName: string;
  readonly events: readonly LoggedEvent[];
}

const levels: readonly IotLogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
const thresholds: readonly LogThreshold[] = [...levels, 'DISABLED'];

const setUp = (hold: () => Promise<void> = () => Promise.resolve()) => {
  const clock = new ManualClock(testStartMs);
  const settings = new LoggingSettings();
  const written: Written[] = [];
  const lost: number[] = [];
  const writer: RoleLogWriter = {
    write: async ({ logGroupName }, events) => {
      written.push({ logGroupName, events });
      await hold();
    },
  };
  const sink = createIotLogging({
    ...{ clock, settings, writer, behaviour: createBehaviour(), groupsOf: () => [] },
    onLoss: (events) => lost.push(events),
  });
  const set = (defaultLogLevel: LogThreshold): void => {
    settings.options = { roleArn: 'role', defaultLogLevel, disableAllLogs: false, eventConfigurations: [] };
  };
  return { settings, set, written, lost, log: createIotLog(testAccount, clock, sink) };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('AWS IoT’s log', () => {
  test('makes no entry while nobody reads it', () => {
    const { log, set, settings } = setUp();
    let made = 0;
    const event = () => {
      made += 1;
      return { eventType: 'Publish-In', status: 'Success' } as const;
    };
    log(event);
    set('DISABLED');
    log(event);
    expect(made).toBe(0);
    settings.setTarget({ targetType: 'CLIENT_ID', targetName: 'one', logLevel: 'INFO' });
    log(event);
    expect(made).toBe(1);
  });

  test('writes an entry exactly when its level is at or above the threshold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...levels), fc.constantFrom(...thresholds), async (logLevel, threshold) => {
        const { log, set, written } = setUp();
        set(threshold);
        log({ eventType: 'Connect', status: 'Success', logLevel });
        await settled();
        expect(written.length > 0).toBe(thresholds.indexOf(logLevel) >= thresholds.indexOf(threshold));
      }),
    );
  });

  test('sends what is logged in one go in one request, in order', async () => {
    const { log, set, written } = setUp();
    set('INFO');
    for (const clientId of ['a', 'b', 'c']) log({ eventType: 'Connect', status: 'Success', clientId });
    await settled();
    const clientIds = written.map(({ events }) => events.map(({ message }) => /"clientId":"(.)"/.exec(message)?.[1]));
    expect(clientIds).toEqual([['a', 'b', 'c']]);
  });

  test('loses what comes while ten thousand entries wait, and says how many', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { log, set, lost, written } = setUp(() => held);
    set('INFO');
    log({ eventType: 'Connect', status: 'Success' });
    await settled();
    for (let count = 0; count < 10_003; count += 1) log({ eventType: 'Connect', status: 'Success' });
    expect(lost).toEqual([1, 1, 1]);
    release();
    await settled();
    expect(written.reduce((sum, { events }) => sum + events.length, 0)).toBe(10_001);
  });

  test('goes on after a write that failed', async () => {
    let isBroken = true;
    const { log, set, written } = setUp(() => (isBroken ? Promise.reject(new Error('no permission')) : Promise.resolve()));
    set('INFO');
    log({ eventType: 'Connect', status: 'Success' });
    await settled();
    isBroken = false;
    log({ eventType: 'Connect', status: 'Success' });
    await settled();
    expect(written).toHaveLength(2);
  });
});
