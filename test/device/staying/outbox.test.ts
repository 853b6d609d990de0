import { systemClock } from '../../../device/clock.ts';
import { type MqttSession, MqttSessionError, type MqttSessionErrorCode } from '../../../device/mqtt/mqtt-session.ts';
import { Outbox } from '../../../device/staying/outbox.ts';

type Fate = 'taken' | MqttSessionErrorCode;

/** A session that takes what the fates say, in order; the rest it takes. */
const sessionOf = (fates: Fate[], taken: string[]): MqttSession => ({
  lost: new Promise(() => undefined),
  subscribe: () => Promise.resolve(),
  onMessage: () => undefined,
  close: () => Promise.resolve(),
  publish: (_, payload) => {
    const fate = fates.shift() ?? 'taken';
    if (fate !== 'taken') return Promise.reject(new MqttSessionError(fate, `It was ${fate}.`));
    taken.push(String(payload));
    return Promise.resolve();
  },
});

const createOutbox = (atOnce = 20) => {
  const givenUp: string[] = [];
  const outbox = new Outbox({
    ...{ clock: systemClock, random: () => 0, atOnce },
    refused: ({ payload }, why) => givenUp.push(`${String(payload)}: ${why}`),
  });
  return { outbox, givenUp };
};

const put = (outbox: Outbox, ...payloads: readonly string[]): void => {
  for (const payload of payloads) outbox.put({ topic: 'reports', payload });
};

describe('An outbox', () => {
  test('holds messages until there is a session, and sends them in order', async () => {
    const { outbox } = createOutbox();
    const taken: string[] = [];
    put(outbox, 'a', 'b', 'c');
    outbox.attach(sessionOf([], taken));
    await outbox.drain(1_000);
    expect({ taken, size: outbox.size }).toEqual({ taken: ['a', 'b', 'c'], size: 0 });
  });

  test('sends again on the next session what was not acknowledged on one that is lost', async () => {
    const { outbox, givenUp } = createOutbox();
    const taken: string[] = [];
    put(outbox, 'a', 'b', 'c');
    outbox.attach(sessionOf(['taken', 'lost', 'lost'], taken));
    await outbox.detach(1_000);
    expect(outbox.size).toBe(2);
    outbox.attach(sessionOf([], taken));
    await outbox.drain(1_000);
    expect({ taken, givenUp }).toEqual({ taken: ['a', 'b', 'c'], givenUp: [] });
  });

  test('sends again what the server is too busy for', async () => {
    const { outbox } = createOutbox();
    const taken: string[] = [];
    outbox.attach(sessionOf(['busy', 'busy'], taken));
    put(outbox, 'a');
    await outbox.drain(1_000);
    expect(taken).toEqual(['a']);
  });

  test('gives up what is refused, and says so', async () => {
    const { outbox, givenUp } = createOutbox();
    const taken: string[] = [];
    outbox.attach(sessionOf(['refused'], taken));
    put(outbox, 'a', 'b');
    await outbox.drain(1_000);
    expect({ taken, givenUp }).toEqual({ taken: ['b'], givenUp: ['a: It was refused.'] });
  });

  test('gives up a message on which five sessions end, where that is how the server refuses', async () => {
    const { outbox, givenUp } = createOutbox(1);
    const taken: string[] = [];
    put(outbox, 'a', 'b');
    for (let sessions = 0; sessions < 5; sessions += 1) {
      outbox.attach(sessionOf(['lost'], taken));
      await outbox.detach(1_000);
    }
    expect(givenUp).toEqual(['a: It was lost.']);
    outbox.attach(sessionOf([], taken));
    await outbox.drain(1_000);
    expect(taken).toEqual(['b']);
  });

  test('tells when it has eased', async () => {
    const { outbox } = createOutbox();
    put(outbox, 'a', 'b', 'c');
    const eased = outbox.eased(1);
    outbox.attach(sessionOf([], []));
    await eased;
    expect(outbox.size).toBeLessThanOrEqual(1);
  });
});
