import fc from 'fast-check';
import type { EnrollmentStore } from '../../../domain/ports.ts';
import { aClaim } from '../../builders/claim.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aHookEvent } from '../../builders/hook-event.ts';
import { aCertificateId, aSerial } from '../../builders/identifiers.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { aHook } from './hook-fixture.ts';

const pems = (await Promise.all([aDeviceKey(), aDeviceKey()])).map(({ certificatePem }) => certificatePem);
const serials = ['SN-1', 'SN-2', 'SN-3'];

const anyEvent = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ pem: fc.constantFrom(...pems, 'garbage'), serial: fc.constantFrom(...serials, 'unknown'), certificate: fc.nat(9) })
      .map(({ pem, serial, certificate }) =>
        aHookEvent(pem, { certificateId: aCertificateId(`c${certificate}`), parameters: { SerialNumber: serial } }),
      ),
  },
  { weight: 1, arbitrary: fc.constant(aHookEvent(pems[0] ?? '', { claimCertificateId: aCertificateId('stranger') })) },
  { weight: 1, arbitrary: fc.constant(aHookEvent(pems[0] ?? '', { templateArn: 'nonsense' })) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** What the table does during one invocation. */
const anyWeather = fc.constantFrom('fair', 'fair', 'fair', 'fails', 'hangs');

const anySequence = fc.array(fc.record({ event: anyEvent, weather: anyWeather }), { maxLength: 12 });

/** A table in which each serial is registered, and whose weather can be made. */
const aWorld = async () => {
  const table = new InMemoryEnrollmentStore();
  await table.createClaim(aClaim({ quota: 2 }));
  for (const serial of serials) await table.register(anEnrollment({ serialNumber: aSerial(serial) }));
  let weather = 'fair';
  const readForAdmission: EnrollmentStore['readForAdmission'] = (key, signal) => {
    if (weather === 'fails') return Promise.reject(new Error('no route'));
    return weather === 'hangs' ? new Promise(() => undefined) : table.readForAdmission(key, signal);
  };
  const store = new Proxy<EnrollmentStore>(table, {
    get: (target, name: keyof EnrollmentStore) => (name === 'readForAdmission' ? readForAdmission : target[name].bind(target)),
  });
  return {
    store,
    turn: (next: string) => {
      weather = next;
    },
  };
};

type Hook = ReturnType<typeof aHook>;

const outcomesOf = async (
  sequence: readonly { readonly event: unknown; readonly weather: string }[],
  hookFor: (store: EnrollmentStore) => () => Hook,
) => {
  const { store, turn } = await aWorld();
  const next = hookFor(store);
  const outcomes = [];
  for (const { event, weather } of sequence) {
    turn(weather);
    const hook = next();
    const { answer, tookMs } = await hook.call(event);
    // Only a warm hook's clock has gone on since noon.
    outcomes.push({ answer, tookMs, audit: { ...hook.events.at(-1), at: 0 } });
  }
  return outcomes;
};

describe('F6: Nothing leaks from one warm invocation into the next', () => {
  test('any sequence of events gets from one hook what it gets from a new hook for each', async () => {
    await fc.assert(
      fc.asyncProperty(anySequence, async (sequence) => {
        const warm = await outcomesOf(sequence, (store) => {
          const hook = aHook(store);
          return () => hook;
        });
        const fresh = await outcomesOf(sequence, (store) => {
          const newId = numberedIds();
          return () => aHook(store, { newId });
        });
        expect(warm).toEqual(fresh);
      }),
      { numRuns: 150 },
    );
  });

  test('an admission is followed by a refusal where the next device deserves one', async () => {
    const { store } = await aWorld();
    const { call } = aHook(store);
    const answers = [];
    for (const serial of ['SN-1', 'unknown', 'SN-2', 'unknown']) {
      const { answer } = await call(aHookEvent(pems[0] ?? '', { parameters: { SerialNumber: serial } }));
      answers.push(answer.allowProvisioning);
    }
    expect(answers).toEqual([true, false, true, false]);
  });

  test('invocations that overlap get their own answers', async () => {
    const { store } = await aWorld();
    const { call } = aHook(store);
    const calls = ['SN-1', 'unknown', 'SN-2'].map((serial) => call(aHookEvent(pems[0] ?? '', { parameters: { SerialNumber: serial } })));
    expect((await Promise.all(calls)).map(({ answer }) => answer.allowProvisioning)).toEqual([true, false, true]);
  });
});
