import type { ConnectionStore } from '../../../domain/connection/connection-ports.ts';
import { bounds } from '../../../lambdas/device-authorizer/refusal-budget.ts';
import { WINDOW_MS } from '../../../lambdas/device-authorizer/sliding-bound.ts';
import { MAX_UNJUDGED } from '../../../lambdas/device-authorizer/unjudged-refusals.ts';
import { FLOOR_MS, anAuthorizerWith, stocked } from './authorizer-fixture.ts';
import { tinAuthorizer } from './tin-authorizer.ts';

const refused = { isAuthenticated: false };

const watched = async () => {
  const store = await stocked();
  let requests = 0;
  const read: ConnectionStore['read'] = (thing, signal) => {
    requests += 1;
    return store.read(thing, signal);
  };
  // Nothing is held back, so that all happens at one moment.
  const authorizer = anAuthorizerWith({ authorizer: tinAuthorizer({ read }), refusalFloorMs: 0 });
  const strangers = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const name = `muster:sensor:X-${index}`;
      expect((await authorizer.connect({ username: name, clientId: name })).answer).toEqual(refused);
    }
  };
  return { ...authorizer, strangers, requestsMade: () => requests };
};

describe('A flood of forged connections', () => {
  test('costs no more requests a minute than the budget, however many come', async () => {
    const { strangers, requestsMade } = await watched();
    await strangers(1_000);
    expect(requestsMade()).toBe(bounds.allStrangers);
  });

  test('costs no more lines of log, and the next line says how many were left out', async () => {
    const { strangers, events, clock } = await watched();
    await strangers(1_000);
    expect(events).toHaveLength(bounds.allStrangers + MAX_UNJUDGED);
    expect(events.at(-1)?.reason).toBe('too-many-refusals');
    await clock.pause(WINDOW_MS);
    await strangers(bounds.allStrangers + 1);
    expect(events.at(-1)).toMatchObject({ reason: 'too-many-refusals', leftOut: 1_000 - bounds.allStrangers - MAX_UNJUDGED });
  });

  test('keeps no device out that was let in before', async () => {
    const { strangers, connect } = await watched();
    expect((await connect()).answer.isAuthenticated).toBe(true);
    await strangers(1_000);
    expect((await connect()).answer.isAuthenticated).toBe(true);
  });

  test('in the name of one device is judged so often a minute', async () => {
    const { connect, requestsMade } = await watched();
    for (let attempt = 0; attempt < 100; attempt += 1) await connect({ password: 'open' });
    expect(requestsMade()).toBe(bounds.perStranger);
  });

  test('that makes something break is charged as any other', async () => {
    let requests = 0;
    const read: ConnectionStore['read'] = () => {
      requests += 1;
      return Promise.reject(new Error('throttled'));
    };
    const { connect } = anAuthorizerWith({ authorizer: tinAuthorizer({ read }), refusalFloorMs: 0 });
    for (let attempt = 0; attempt < 100; attempt += 1) await connect();
    expect(requests).toBe(bounds.perStranger);
  });

  test('is turned away at once beyond that, so that it holds no function that a device of the fleet needs', async () => {
    const { connect, clock } = anAuthorizerWith({ authorizer: tinAuthorizer(await stocked()) });
    const took = [];
    for (let attempt = 0; attempt < 120; attempt += 1) took.push((await connect({ password: '{' })).tookMs);
    expect(took).toEqual(Array.from({ length: 120 }, (_, index) => (index < MAX_UNJUDGED ? FLOOR_MS : 0)));
    expect(clock.now()).toBeGreaterThan(0);
  });
});
