import type { ConnectionStore } from '../../../domain/connection/connection-ports.ts';
import { DEADLINE_MS } from '../../../lambdas/device-authorizer/judge-connection.ts';
import { aLine } from '../../builders/identifiers.ts';
import { FLOOR_MS, anAuthorizerWith, stocked } from './authorizer-fixture.ts';
import { tinAuthorizer } from './tin-authorizer.ts';

const refused = { isAuthenticated: false };
const never = () => new Promise<never>(() => undefined);
const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

const anAuthorizerOn = (read: ConnectionStore['read']) => anAuthorizerWith({ authorizer: tinAuthorizer({ read }) });

describe('Whatever breaks, the authorizer refuses', () => {
  test.each<[string, ConnectionStore['read']]>([
    ['reading fails', () => Promise.reject(new Error('no route'))],
    ['AWS throttles', () => Promise.reject(throttled)],
    [
      'reading throws at once',
      () => {
        throw new Error('no client');
      },
    ],
  ])('when %s', async (_, read) => {
    const { connect, events, faults } = anAuthorizerOn(read);
    expect(await connect()).toEqual({ answer: refused, tookMs: FLOOR_MS });
    expect(events).toEqual([
      expect.objectContaining({ code: 'connection.refused', reason: 'internal-error', approach: 'tin', serialNumber: 'SN-1' }),
    ]);
    expect(faults).toHaveLength(1);
  });

  test('when the approach cannot even read', async () => {
    const { connect, events } = anAuthorizerOn(never);
    expect((await connect({ username: 'nobody', clientId: 'nobody' })).answer).toEqual(refused);
    expect(events).toEqual([expect.objectContaining({ reason: 'internal-error', approach: 'tin' })]);
  });

  test(`within ${DEADLINE_MS} ms when a request hangs, and tells it to stop`, async () => {
    let seen: AbortSignal | undefined;
    const { connect, events } = anAuthorizerOn((_, signal) => {
      seen = signal;
      return never();
    });
    expect(await connect()).toEqual({ answer: refused, tookMs: DEADLINE_MS });
    expect(events).toEqual([expect.objectContaining({ reason: 'deadline-exceeded', serialNumber: 'SN-1' })]);
    expect(seen?.aborted).toBe(true);
  });

  test('well before AWS IoT gives up after 5 s', () => {
    expect(DEADLINE_MS).toBeLessThan(4_000);
  });

  test('when what is allowed does not fit into an answer', async () => {
    const sharedTopics = Array.from({ length: 100 }, (_, index) => ({ topic: `${index}`.padStart(200, 'x'), publish: true }));
    const boundaries = { lines: [{ name: aLine(), sharedTopics }], tenants: [] };
    const { connect, events } = anAuthorizerWith({ authorizer: tinAuthorizer(await stocked()), boundaries });
    expect((await connect()).answer).toEqual(refused);
    expect(events[0]?.reason).toBe('internal-error');
  });

  test('but a log that is broken changes no verdict', async () => {
    const audit = {
      emit: () => {
        throw new Error('EPIPE');
      },
    };
    const { connect, faults } = anAuthorizerWith({ authorizer: tinAuthorizer(await stocked()), audit });
    expect((await connect()).answer.isAuthenticated).toBe(true);
    expect((await connect({ password: 'open' })).answer).toEqual(refused);
    expect(faults).toHaveLength(2);
  });
});
