import fc from 'fast-check';
import { renewalByCertificate } from '../../../approaches/pki/verify.ts';
import { decideActivation } from '../../../domain/activation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { MAX_ROTATION_CERTIFICATES } from '../../../domain/rotation/judge-renewal.ts';
import { digestOf } from '../../builders/device-certificate.ts';
import { NOON, aCertificate } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { ecKeys } from '../../local/iot/certificate-requests.ts';
import { ROTATION, UNTIL, aRequest, birth, renewalWorld as worldWith, rotating } from './renewal-world.ts';

const renewalWorld = (options: Partial<Parameters<typeof worldWith>[0]> = {}) =>
  worldWith({ approaches: { pki: renewalByCertificate }, ...options });

const refused = { outcome: 'refused', rotation: ROTATION };

const givenTo = async (world: Awaited<ReturnType<typeof renewalWorld>>): Promise<string> => {
  const { message } = world.told.at(-1) ?? {};
  if (message?.outcome !== 'given') throw new Error(`It was told ${JSON.stringify(message)}.`);
  expect(message.credential['certificatePem']).toMatch(/^-----BEGIN CERTIFICATE-----/);
  const { certificates } = await world.read();
  const id = String(message.credential['certificateId']);
  expect(certificates.map((one) => String(one.id))).toContain(id);
  return id;
};

describe('A device that asks for its next certificate', () => {
  test('is given one for its new key, which is its own and open before it hears of it', async () => {
    const world = await renewalWorld();
    const keys = ecKeys();
    await world.ask({ offer: aRequest({ keys }) });
    expect(world.told.map(({ topic }) => topic)).toEqual(['muster/things/muster:sensor:SN-1/credential/tell']);
    const id = await givenTo(world);
    expect(await world.read()).toMatchObject({
      ...{ state: 'rotating', boundKey: birth.key, candidateKey: digestOf(keys.publicKey), certificateInUse: birth.id, toRetire: [] },
      certificates: [birth, { id, key: digestOf(keys.publicKey), issuedAt: NOON, correlationId: ROTATION }],
    });
    expect([...world.certificates.values()]).toMatchObject([
      { status: 'ACTIVE', thing: 'muster:sensor:SN-1', policy: 'muster-device-sensor' },
    ]);
    expect(world.events).toMatchObject([{ code: 'rotation.offered', certificateId: id, rotation: ROTATION, actor: { kind: 'device' } }]);
    expect(world.calls.indexOf('write')).toBeLessThan(world.calls.indexOf('activate'));
    expect(world.calls.at(-1)).toBe('tell');
  });

  test('is told the same certificate when it asks again for the same key', async () => {
    const world = await renewalWorld();
    const offer = aRequest();
    await world.ask({ offer });
    const first = await givenTo(world);
    await world.ask({ offer });
    expect(await givenTo(world)).toBe(first);
    expect(world.certificates.size).toBe(1);
    expect(world.events).toHaveLength(1);
  });

  test('F14: rotation kills the old certificate when the new one was used, and not before', async () => {
    const world = await renewalWorld();
    await world.ask({ offer: aRequest() });
    const offered = await world.read();
    expect(offered.toRetire).toEqual([]);
    const seen = { certificateId: offered.certificates[1]?.id ?? birth.id, at: NOON + 1, eventId: 'session' };
    expect(decideActivation(offered, seen)).toMatchObject({ state: 'active', toRetire: [birth.id], certificateInUse: seen.certificateId });
  });

  test('gets another for another key, and what the lost key was given is to be retired', async () => {
    const world = await renewalWorld();
    await world.ask({ offer: aRequest() });
    const lost = await givenTo(world);
    await world.ask({ offer: aRequest() });
    expect(await givenTo(world)).not.toBe(lost);
    expect((await world.read()).toRetire).toEqual([lost]);
  });

  test('gets so many and no more', async () => {
    const world = await renewalWorld();
    for (let count = 1; count <= MAX_ROTATION_CERTIFICATES + 1; count += 1) await world.ask({ offer: aRequest() });
    expect(world.told.at(-1)?.message).toEqual(refused);
    expect(world.events.at(-1)).toMatchObject({ code: 'rotation.refused', reason: 'too-many-certificates' });
    expect(world.certificates.size).toBe(MAX_ROTATION_CERTIFICATES);
  });

  test('keeps its key only where its line lets it', async () => {
    const keys = ecKeys();
    const held = { ...birth, key: digestOf(keys.publicKey) };
    const enrollment = rotating({ boundKey: held.key, certificates: [held] });
    const strict = await renewalWorld({ enrollment });
    await strict.ask({ offer: aRequest({ keys }) });
    expect(strict.events).toMatchObject([{ code: 'rotation.refused', reason: 'key-not-new' }]);
    const lenient = await renewalWorld({ enrollment, sameKeyLines: ['sensor'] });
    await lenient.ask({ offer: aRequest({ keys }) });
    await givenTo(lenient);
  });
});

describe('Who gets none', () => {
  const foreign = ecKeys();
  test.each<[string, object, string]>([
    ['a request for another device', { offer: aRequest({ commonName: 'SN-2' }) }, 'evidence-refused'],
    ['a request signed by another key than its own', { offer: aRequest({ signer: foreign.privateKey }) }, 'malformed-request'],
    ['a request for a key that AWS IoT takes from nobody', { offer: aRequest({ keys: ecKeys('P-521') }) }, 'unacceptable-key'],
    ['a request for authority', { offer: aRequest({ asksForAuthority: true }) }, 'malformed-request'],
    ['no request', { offer: {} }, 'malformed-request'],
    ['a request that is no text', { offer: { csr: { __proto__: null, toString: 1 } } }, 'malformed-request'],
    ['a job of before, replayed', { offer: aRequest(), rotation: 'muster-sensor-0' }, 'no-such-rotation'],
    ['a certificate that is not its own', { offer: aRequest(), principal: aCertificateId('stolen') }, 'not-the-credential-in-use'],
    ['no certificate, by an operator’s hand', { offer: aRequest(), principal: 'AIDAEXAMPLE:ann' }, 'not-the-credential-in-use'],
    ['a thing that nobody enrolled', { offer: aRequest(), thing: 'muster:sensor:SN-9' }, 'unknown-serial'],
  ])('%s', async (_, question, reason) => {
    const world = await renewalWorld();
    await world.ask(question);
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason, actor: { kind: 'device' } }]);
    expect(world.told.map(({ message }) => message.outcome)).toEqual(['refused']);
    expect(JSON.stringify(world.told)).not.toContain(reason);
    expect(world.calls).not.toContain('issue');
  });

  test.each<[string, Partial<Enrollment>, string]>([
    ['quarantined', { state: 'quarantined', quarantinedFrom: 'rotating' }, 'quarantined'],
    ['revoked', { state: 'revoked' }, 'revoked'],
    ['not asked to rotate', { state: 'active' }, 'no-such-rotation'],
    ['of another approach, which has nothing to renew', { approach: 'rune' }, 'another-approach'],
  ])('a device that is %s', async (_, more, reason) => {
    const world = await renewalWorld({ enrollment: rotating(more) });
    await world.ask({ offer: aRequest() });
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason }]);
    expect(world.certificates.size).toBe(0);
  });

  test('F11: who comes after its time is over', async () => {
    const world = await renewalWorld({ enrollment: rotating({ rotation: { id: ROTATION, startedAt: NOON - UNTIL, until: NOON } }) });
    await world.ask({ offer: aRequest() });
    expect(world.told).toMatchObject([{ message: refused }]);
    expect(world.events).toMatchObject([{ reason: 'rotation-over' }]);
  });

  test('who shows what this rotation gave it', async () => {
    const given = aCertificate('given', { correlationId: ROTATION });
    const world = await renewalWorld({ enrollment: rotating({ certificates: [birth, given] }) });
    await world.ask({ offer: aRequest(), principal: given.id });
    expect(world.events).toMatchObject([{ reason: 'not-the-credential-in-use' }]);
  });
});

describe('What is no question', () => {
  test.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['no object', '[1]'],
    ['no offer', JSON.stringify({ rotation: ROTATION })],
    ['more than sixteen KiB', JSON.stringify({ rotation: ROTATION, offer: { csr: 'x'.repeat(16_384) } })],
    ['a rotation that cannot be one', JSON.stringify({ rotation: '../../x', offer: {} })],
  ])('%s: is on record, costs no request, and is not answered', async (_, raw) => {
    const world = await renewalWorld();
    await world.ask({ raw });
    expect(world.events).toMatchObject([{ code: 'rotation.refused', reason: 'malformed-request', thingName: 'muster:sensor:SN-1' }]);
    expect(world.calls).toEqual([]);
  });

  test('what no rule sent is passed over', async () => {
    const world = await renewalWorld();
    for (const event of [undefined, null, 'text', {}, { thing: 'a/b', payload: '' }]) await world.renew(event, { awsRequestId: 'r' });
    expect([world.calls, world.events]).toEqual([[], []]);
  });

  test('a flood of it leaves sixty lines a minute', async () => {
    const world = await renewalWorld();
    for (let count = 0; count < 500; count += 1) await world.ask({ raw: '' });
    expect(world.events).toHaveLength(60);
  });
});

describe('Whatever breaks between two lines', () => {
  const STEPS = 12;
  const failures = Array.from({ length: STEPS }, (_, index) => index + 1).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );

  test.each(failures)('$when call $at: who asks again is told a certificate that is open and its own', async (failure) => {
    const world = await renewalWorld();
    const offer = aRequest();
    world.state.failure = failure;
    await world.ask({ offer }).catch(() => undefined);
    world.state.failure = undefined;
    await world.ask({ offer });
    const id = await givenTo(world);
    expect(world.active()).toEqual([id]);
    expect(world.certificates.get(world.active()[0] ?? birth.id)).toMatchObject({ thing: 'muster:sensor:SN-1' });
    expect((await world.read()).certificates).toHaveLength(2);
    expect(world.events.filter(({ code }) => code === 'rotation.offered').length).toBeLessThanOrEqual(1);
  });
});

describe('Two questions at once', () => {
  test('for one key end in one certificate that both are told, and nothing is left over', async () => {
    const world = await renewalWorld();
    const offer = aRequest();
    await Promise.all([world.ask({ offer }), world.ask({ offer })]);
    const told = world.told.map(({ message }) => (message.outcome === 'given' ? message.credential['certificateId'] : undefined));
    expect(new Set(told).size).toBe(1);
    expect([...world.certificates.keys()]).toEqual([told[0]]);
    expect((await world.read()).certificates).toHaveLength(2);
  });

  test('for different keys, interleaved in any way, leave on record whatever is open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 40 }), async (delays) => {
        const world = await renewalWorld();
        let turn = 0;
        world.state.before = async () => {
          for (let left = delays[(turn += 1)] ?? 0; left > 0; left -= 1) await new Promise(setImmediate);
        };
        const offers = [aRequest(), aRequest()];
        await Promise.all([...offers, offers[0]].map((offer) => world.ask({ offer })));
        const { certificates } = await world.read();
        const onRecord = certificates.map(({ id }) => id).slice(1);
        expect([...world.certificates.keys()].toSorted()).toEqual(onRecord.toSorted());
      }),
      { numRuns: 100 },
    );
  });

  test('an operator who says no meanwhile is obeyed: the certificate is shut again, and the device hears nothing', async () => {
    const world = await renewalWorld();
    world.state.before = async (call) => {
      if (call !== 'activate') return;
      const now = await world.read();
      await world.store.replace({ ...now, state: 'revoked', version: now.version + 1 });
    };
    await world.ask({ offer: aRequest() });
    expect([world.active(), world.told]).toEqual([[], []]);
  });

  test('what others wrote every time is given up, and what was issued is discarded', async () => {
    const world = await renewalWorld();
    world.state.before = async (call) => {
      if (call !== 'write') return;
      const now = await world.read();
      await world.store.replace({ ...now, version: now.version + 1 });
    };
    await world.ask({ offer: aRequest() });
    expect([world.told, world.certificates.size]).toEqual([[], 0]);
  });
});
