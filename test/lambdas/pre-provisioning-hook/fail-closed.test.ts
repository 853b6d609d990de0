import { hookParametersFor } from '../../../domain/admission/provisioning-contract.ts';
import type { AdmissionOutcome, EnrollmentStore } from '../../../domain/ports.ts';
import { DEADLINE_MS } from '../../../lambdas/pre-provisioning-hook/hook.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aHookEvent } from '../../builders/hook-event.ts';
import type { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { FLOOR_MS, aHook, stockedStore } from './hook-fixture.ts';

const device = await aDeviceKey();
const event = aHookEvent(device.certificatePem);
const refused = { allowProvisioning: false };
const never = () => new Promise<never>(() => undefined);

const storeThat = async (behaviour: Partial<EnrollmentStore>): Promise<EnrollmentStore> => {
  const store = await stockedStore();
  return {
    readForAdmission: (key, signal) => store.readForAdmission(key, signal),
    admit: (admission, signal) => store.admit(admission, signal),
    readMany: (things) => store.readMany(things),
    replace: (next) => store.replace(next),
    register: (enrollment) => store.register(enrollment),
    registerAll: (enrollments) => store.registerAll(enrollments),
    list: (filter, page) => store.list(filter, page),
    readAlike: (things) => store.readAlike(things),
    listAttention: (attention, filter, page) => store.listAttention(attention, filter, page),
    readClaim: (certificate) => store.readClaim(certificate),
    createClaim: (claim) => store.createClaim(claim),
    ...behaviour,
  };
};

describe('F5: Whatever breaks, the hook refuses', () => {
  test.each<[string, Partial<EnrollmentStore>]>([
    ['reading fails', { readForAdmission: () => Promise.reject(new Error('no route')) }],
    [
      'reading throws at once',
      {
        readForAdmission: () => {
          throw new Error('no client');
        },
      },
    ],
    ['writing fails', { admit: () => Promise.reject(new Error('no route')) }],
  ])('when %s', async (_, behaviour) => {
    const { call, events, faults } = aHook(await storeThat(behaviour));
    const { answer, tookMs } = await call(event);
    expect(answer).toEqual(refused);
    expect(tookMs).toBe(FLOOR_MS);
    expect(events).toEqual([expect.objectContaining({ reason: 'internal-error', serialNumber: 'SN-1', line: 'sensor' })]);
    expect(faults).toHaveLength(1);
  });

  test('when the approach itself breaks', async () => {
    const verify = () => {
      throw new Error('a bug');
    };
    const { call, events } = aHook(await stockedStore(), { verify });
    expect((await call(event)).answer).toEqual(refused);
    expect(events[0]?.reason).toBe('internal-error');
  });

  test.each<[string, Partial<EnrollmentStore>]>([
    ['a read', { readForAdmission: never }],
    ['a write', { admit: never }],
  ])(`within ${DEADLINE_MS} ms when %s hangs`, async (_, behaviour) => {
    const { call, events } = aHook(await storeThat(behaviour));
    const { answer, tookMs } = await call(event);
    expect(answer).toEqual(refused);
    expect(tookMs).toBe(DEADLINE_MS);
    expect(events).toEqual([expect.objectContaining({ reason: 'deadline-exceeded', serialNumber: 'SN-1' })]);
  });

  test('well before AWS IoT gives up after 5 s', () => {
    expect(DEADLINE_MS).toBeLessThan(4_000);
  });

  test('and tells what hangs to stop, so that nothing goes on inside the next invocation', async () => {
    let seen: AbortSignal | undefined;
    const { call } = aHook(await storeThat({ readForAdmission: (_, signal) => ((seen = signal), never()) }));
    await call(event);
    expect(seen?.aborted).toBe(true);
  });

  test('but a log that is broken changes no verdict', async () => {
    const { call, faults } = aHook(await stockedStore(), {
      audit: {
        emit: () => {
          throw new Error('EPIPE');
        },
      },
    });
    expect((await call(event)).answer.allowProvisioning).toBe(true);
    expect((await call(aHookEvent('garbage'))).answer).toEqual(refused);
    expect(faults).toHaveLength(2);
  });
});

describe('A transaction that meets another', () => {
  const contendedFor = async (times: number) => {
    let tries = 0;
    const store = await stockedStore();
    const admit: EnrollmentStore['admit'] = (admission, signal) => {
      tries += 1;
      return tries <= times ? Promise.resolve<AdmissionOutcome>('contended') : store.admit(admission, signal);
    };
    const hook = aHook(await storeThat({ admit }));
    return { ...hook, triesMade: () => tries };
  };

  test('is tried again after a wait, until it is written', async () => {
    const { call, triesMade } = await contendedFor(4);
    const { answer, tookMs } = await call(event);
    expect(answer.allowProvisioning).toBe(true);
    expect(triesMade()).toBe(5);
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(10 + 20 + 40 + 80);
  });

  test('waits for a different time with every other chance, so that those who collided part', async () => {
    const waits = await Promise.all(
      [0.1, 0.9].map(async (chance) => {
        const store = await storeThat({ admit: contendedOnce(await stockedStore()) });
        return (await aHook(store, { random: () => chance }).call(event)).tookMs;
      }),
    );
    expect(waits).toEqual([1, 9]);
  });

  test('is given up in time when it never ends, and the device is refused', async () => {
    const { call, events } = await contendedFor(Number.POSITIVE_INFINITY);
    const { answer, tookMs } = await call(event);
    expect(answer).toEqual(refused);
    expect(tookMs).toBeLessThanOrEqual(DEADLINE_MS);
    expect(['lost-a-race', 'deadline-exceeded']).toContain(events[0]?.reason);
  });
});

const contendedOnce = (store: InMemoryEnrollmentStore): EnrollmentStore['admit'] => {
  let isFirst = true;
  return (admission, signal) => {
    if (!isFirst) return store.admit(admission, signal);
    isFirst = false;
    return Promise.resolve<AdmissionOutcome>('contended');
  };
};

describe('Who loses a race decides again', () => {
  const rivalFirst = async (rivalPem: string) => {
    const store = await stockedStore();
    let hasRivalBeenIn = false;
    const admit: EnrollmentStore['admit'] = async (admission, signal) => {
      if (!hasRivalBeenIn) {
        hasRivalBeenIn = true;
        await aHook(store).call(aHookEvent(rivalPem));
      }
      return store.admit(admission, signal);
    };
    return { store, ...aHook(await delegating(store, admit)) };
  };
  const delegating = (store: InMemoryEnrollmentStore, admit: EnrollmentStore['admit']) =>
    storeThat({ admit, readForAdmission: (key, signal) => store.readForAdmission(key, signal) });

  test('and is refused for the reason that is true now, where the winner has another key', async () => {
    const { call, events } = await rivalFirst((await aDeviceKey()).certificatePem);
    expect((await call(event)).answer).toEqual(refused);
    expect(events.map(({ code, reason }) => reason ?? code)).toEqual(['device.contested', 'bound-to-another-key']);
  });

  test('and is admitted where the winner was itself, asking twice', async () => {
    const { call, store } = await rivalFirst(device.certificatePem);
    const { answer } = await call(event);
    expect(answer).toEqual({
      allowProvisioning: true,
      parameterOverrides: hookParametersFor({ prefix: 'muster', topicPrefix: 'muster' }, anEnrollment(), {}),
    });
    expect((await store.readClaim(aClaim().certificateId))?.admitted).toBe(1);
  });
});
