import { X509Certificate } from 'node:crypto';
import { commonNameOf } from '../../../domain/subject-name.ts';
import { AuthorityError } from '../../../domain/issuance/issuance-ports.ts';
import { recoveryClaimOf } from '../../../domain/recovery/recovery-connection.ts';
import { DEADLINE_MS } from '../../../lambdas/certificate-provider/provider.ts';
import { aClaim } from '../../builders/claim.ts';
import { aCertificate, anEnrollment, NOON } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { recordedSigning, signedFor } from '../../fakes/certificate-signing.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';
import { ecKeys, requestPem } from '../../local/iot/certificate-requests.ts';
import { aProvider, aProviderEvent, FLOOR_MS } from './provider-fixture.ts';

const pemIn = ({ certificatePem = '' }: { readonly certificatePem?: string }) => new X509Certificate(certificatePem);

describe('The certificate provider', () => {
  test('has a certificate issued with the subject and the key of the request, by the terms of the line', async () => {
    const keys = ecKeys();
    const { call, orders } = await aProvider();
    const { answer } = await call(aProviderEvent({ certificateSigningRequest: requestPem({ keys, commonName: 'SN-1' }) }));
    expect(pemIn(answer).subject).toBe('CN=SN-1');
    expect(pemIn(answer).checkPrivateKey(keys.privateKey)).toBe(true);
    expect(orders).toMatchObject([{ terms: { line: 'sensor', validityDays: 30 }, requestId: 'request-1' }]);
  });

  test('orders by the id of the invocation, so that a device’s retry is another certificate', async () => {
    const { call, orders } = await aProvider();
    for (const id of ['one', 'two']) await call(aProviderEvent(), id);
    expect(orders.map(({ requestId }) => requestId)).toEqual(['one', 'two']);
  });

  test('puts on record what was issued to whom, under the id by which AWS IoT knows it', async () => {
    const { call, events } = await aProvider();
    const { answer } = await call(aProviderEvent());
    expect(events).toMatchObject([
      {
        ...{ code: 'certificate.issued', actor: { kind: 'device' }, correlationId: CLIENT_ID, line: 'sensor', claim: 'batch-1' },
        ...{ serialNumber: 'SN-1', thingName: 'muster:sensor:SN-1', claimCertificateId: aCertificateId('claim') },
        certificateId: pemIn(answer).fingerprint256.replaceAll(':', '').toLowerCase(),
      },
    ]);
  });

  test('notes what was issued, so that what nobody takes into use is taken back', async () => {
    const { call, events, noted } = await aProvider();
    const { answer } = await call(aProviderEvent());
    const { thingName } = anEnrollment();
    expect(noted).toEqual([{ certificateId: events[0]?.certificateId, ...answer, thingName, issuedAt: events[0]?.at }]);
  });

  test('serves a device whose serial number fits no common name', async () => {
    const serialNumber = aSerial('gerät-ß');
    const { call, events } = await aProvider({}, anEnrollment({ serialNumber }));
    const commonName = commonNameOf(serialNumber);
    const { answer } = await call(aProviderEvent({ certificateSigningRequest: requestPem({ commonName }) }));
    expect(pemIn(answer).subject).toBe(`CN=${commonName}`);
    expect(events[0]?.serialNumber).toBe(serialNumber);
  });

  test('serves a device that is in and asks by itself', async () => {
    const enrollment = anEnrollment({ state: 'active', boundKey: aKey('device'), certificates: [aCertificate('own')] });
    const { call, events } = await aProvider({}, enrollment);
    const { answer } = await call(aProviderEvent({ principalId: aCertificateId('own'), clientId: enrollment.thingName }));
    expect(pemIn(answer).subject).toBe('CN=SN-1');
    expect(events[0]).not.toHaveProperty('claimCertificateId');
  });
});

test('The certificate provider serves a device that comes back by a ticket, for its connection is a claim of that one serial', async () => {
  const [enrollment, clientId] = [anEnrollment(), 'muster:sensor:SN-1'];
  const claim = recoveryClaimOf(enrollment, { clientId, at: NOON });
  const { call, orders } = await aProvider({}, enrollment, claim);
  const asking = { principalId: claim.certificateId, clientId };
  expect((await call(aProviderEvent(asking))).answer).toHaveProperty('certificatePem');
  await call(aProviderEvent({ ...asking, certificateSigningRequest: requestPem({ commonName: 'SN-2' }) }));
  expect(orders).toHaveLength(1);
});

describe('The certificate provider refuses', () => {
  const foreignRequest = requestPem({ commonName: 'SN-2' });

  test.each([
    ['what is no request', 'malformed-request', { certificateSigningRequest: 'none' }],
    ['an event that is none', 'malformed-request', { principalId: 'none' }],
    [
      'F24: a certificate of somebody else’s fleet, which AWS IoT asks about, too',
      'unknown-principal',
      { principalId: aCertificateId('stranger'), clientId: 'their-device' },
    ],
    ['a serial that nobody enrolled', 'unknown-serial', { certificateSigningRequest: foreignRequest }],
    [
      'a stranger under the name of a device',
      'unknown-principal',
      { principalId: aCertificateId('stranger'), clientId: 'muster:sensor:SN-1' },
    ],
  ])('%s: %s', async (_, reason, more) => {
    const { call, orders, events } = await aProvider();
    const { answer, tookMs } = await call(aProviderEvent(more));
    expect(answer).toEqual({});
    expect(events).toMatchObject([{ code: 'certificate.refused', reason }]);
    expect([orders, tookMs]).toEqual([[], FLOOR_MS]);
  });

  test('the serial of another line', async () => {
    const { call, events } = await aProvider({}, anEnrollment({ line: aLine('gateway') }));
    expect((await call(aProviderEvent())).answer).toEqual({});
    expect(events).toMatchObject([{ reason: 'unknown-serial', claim: 'batch-1' }]);
  });

  test('under a claim that is closed, and orders nothing', async () => {
    const { call, events, orders } = await aProvider({}, anEnrollment(), aClaim({ state: 'closed' }));
    expect((await call(aProviderEvent())).answer).toEqual({});
    expect([events[0]?.reason, orders]).toEqual(['claim-closed', []]);
  });

  test('one device more than so many certificates a day, whoever asks for it', async () => {
    const { call, events, orders } = await aProvider();
    for (let count = 0; count < 5; count += 1) await call(aProviderEvent());
    expect(orders).toHaveLength(3);
    expect(events.map(({ reason }) => reason)).toEqual([
      undefined,
      undefined,
      undefined,
      'certificate-budget-spent',
      'certificate-budget-spent',
    ]);
  });

  test('one claim more than so many an hour, whatever it asks for: what a stolen claim can cost is bounded', async () => {
    const { call, orders, store } = await aProvider();
    const serials = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    for (const serial of serials) await store.register(anEnrollment({ serialNumber: aSerial(serial) }));
    for (const commonName of serials) await call(aProviderEvent({ certificateSigningRequest: requestPem({ commonName }) }));
    expect(orders).toHaveLength(5);
  });
});

describe('Where the authority', () => {
  const never = () => new Promise<string>(() => undefined);

  test.each([
    ['never answers', 'deadline-exceeded', never],
    ['is out of order', 'authority-unavailable', () => Promise.reject(new AuthorityError('It is disabled.'))],
    ['answers no certificate', 'authority-unavailable', () => Promise.resolve('none')],
    [
      'answers a certificate for another key',
      'authority-unavailable',
      ({ csrPem }: { csrPem: string }) => Promise.resolve(signedFor(csrPem, { keyOf: requestPem() })),
    ],
    [
      'answers a certificate for another device',
      'authority-unavailable',
      ({ csrPem }: { csrPem: string }) => Promise.resolve(signedFor(csrPem, { subjectOf: requestPem() })),
    ],
    ['breaks', 'internal-error', () => Promise.reject(new Error('Out of memory.'))],
  ])('%s, the device is refused in time, and what is wrong is on record: %s', async (_, reason, sign) => {
    const { signing } = recordedSigning(sign);
    const { call, events, faults } = await aProvider({ signing });
    const { answer, tookMs } = await call(aProviderEvent());
    expect(answer).toEqual({});
    expect(tookMs).toBeLessThanOrEqual(DEADLINE_MS);
    expect([events[0]?.reason, faults.length]).toEqual([reason, 1]);
  });

  test('answers slowly, but in time, the device gets its certificate', async () => {
    const clock = new SimulatedClock(NOON);
    const { signing } = recordedSigning(async ({ csrPem }) => {
      await clock.pause(DEADLINE_MS - 100);
      return signedFor(csrPem);
    });
    const { call } = await aProvider({ signing, clock });
    expect((await call(aProviderEvent())).answer).toHaveProperty('certificatePem');
  });

  test('is told to stop when its time is up, so that nothing goes on into the next invocation', async () => {
    let stopped: AbortSignal | undefined;
    const { signing } = recordedSigning((_, signal) => {
      stopped = signal;
      return never();
    });
    const { call } = await aProvider({ signing });
    await call(aProviderEvent());
    expect(stopped?.aborted).toBe(true);
  });
});
