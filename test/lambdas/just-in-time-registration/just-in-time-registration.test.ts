import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aKey } from '../../builders/identifiers.ts';
import { aVendorCa, anIDevId } from '../../builders/vendor.ts';
import { approve } from '../../../domain/changes/approve.ts';
import { revoke } from '../../../domain/changes/revoke.ts';
import { idOf } from '../../fakes/entrance-cloud.ts';
import { aVendorCaRecord, justInTimeWorld, keyOf, vendor, vendorRequirement } from './just-in-time-world.ts';

const device = await anIDevId(vendor, 'SN-1');
const stranger = await anIDevId(vendor, 'SN-9');
const stamp = { id: 'event-9', at: NOON, actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' } } as const;

describe('A device with a certificate of its vendor', () => {
  test('is let in when its serial is enrolled: bound to its key, placed, and its certificate activated last', async () => {
    const world = await justInTimeWorld();
    expect(await world.announce(device)).toEqual({ batchItemFailures: [] });
    expect(await world.enrolled()).toMatchObject({
      ...{ state: 'admitted', boundKey: keyOf(device) },
      certificates: [{ id: idOf(device.pem), key: keyOf(device), correlationId: idOf(device.pem) }],
    });
    expect(world.cloud.placed).toEqual([
      {
        thingName: 'muster:sensor:SN-1',
        thingType: 'muster-sensor',
        attributes: { tenant: 'acme', approach: 'pki' },
        ...{
          lineGroup: 'muster-line-sensor',
          lineRoot: 'muster-line-sensor',
          groups: ['muster-tenant-acme'],
          policy: 'muster-device-sensor',
        },
      },
    ]);
    expect(world.cloud.calls).toEqual(['describe', 'place', 'activate']);
    expect(world.codes()).toEqual(['admission.granted']);
    expect(world.audit.events[0]).toMatchObject({ actor: { kind: 'device' }, tenant: 'acme', vendorCaId: aVendorCaRecord().id });
  });

  test('is placed where the rules of its line put it', async () => {
    const world = await justInTimeWorld({
      enrollment: { attributes: { region: 'north' } },
      settings: { allocation: [{ when: { region: ['north'] }, group: 'cold' }] },
    });
    await world.announce(device);
    expect(world.cloud.placed).toMatchObject([{ lineGroup: 'muster-line-sensor:cold', lineRoot: 'muster-line-sensor' }]);
  });

  test.each([1, 2, 3])('is let in once although power failed at call %d to AWS IoT', async (failsAt) => {
    const world = await justInTimeWorld();
    world.cloud.state.failsAt = failsAt;
    expect((await world.announce(device)).batchItemFailures).toHaveLength(1);
    expect(world.cloud.known.get(idOf(device.pem))?.status).toBe('PENDING_ACTIVATION');
    expect((await world.announce(device)).batchItemFailures).toEqual([]);
    expect(world.cloud.known.get(idOf(device.pem))?.status).toBe('ACTIVE');
    expect(await world.enrolled()).toMatchObject({ version: 2, certificates: [{ id: idOf(device.pem) }] });
    expect(world.codes()).toEqual(['admission.granted']);
  });

  test('changes nothing when the same announcement comes again', async () => {
    const world = await justInTimeWorld();
    await world.announce(device);
    await world.announce(device);
    expect(world.cloud.calls).toEqual(['describe', 'place', 'activate', 'describe']);
    expect(world.codes()).toEqual(['admission.granted']);
  });

  test('is proven by its vendor on a line of serial numbers, and is not put on probation', async () => {
    const world = await justInTimeWorld({ enrollment: { requirement: {} }, settings: { attestation: 'serial-only' } });
    await world.announce(device);
    expect((await world.enrolled())?.onProbation).toBe(false);
    expect(world.cloud.placed[0]?.groups).toEqual(['muster-tenant-acme']);
  });
});

describe('A certificate stays pending, and the reason is on record', () => {
  test.each([
    ['nobody enrolled the serial', 'unknown-serial', { enrollment: 'none' }],
    ['its vendor is trusted no longer', 'unknown-vendor-ca', { ca: { state: 'distrusted' } }],
    ['the line of its vendor is no more', 'unknown-vendor-ca', { ca: { line: 'gone' as never } }],
    ['the device was revoked', 'revoked', { enrollment: { state: 'revoked' } }],
    ['another key was pinned', 'not-the-pinned-key', { enrollment: { requirement: { pinnedKey: aKey('other') } } }],
    ['the device must know a secret', 'evidence-refused', { enrollment: { requirement: { deviceSecret: 'A'.repeat(43) } } }],
    [
      'another vendor must vouch for it',
      'evidence-refused',
      { enrollment: { requirement: { ...vendorRequirement(), vendorCaName: 'CN=Other' } } },
    ],
    ['an operator ruled its key out', 'refused-key', { enrollment: { refusedKeys: [keyOf(device)] } }],
  ] as const)('where %s', async (_, reason, wishes) => {
    const world = await justInTimeWorld(wishes);
    expect(await world.announce(device)).toEqual({ batchItemFailures: [] });
    expect(world.codes()).toEqual([`admission.refused: ${reason}`]);
    expect(world.cloud.known.get(idOf(device.pem))?.status).toBe('PENDING_ACTIVATION');
    expect(world.cloud.placed).toEqual([]);
    expect(await world.countOf(device)).toBe(1);
  });

  test('where a device was let in and then revoked, by its certificate as by a new one of its vendor', async () => {
    const world = await justInTimeWorld({ settings: { reprovision: 'replace' } });
    await world.announce(device);
    const change = revoke((await world.enrolled()) ?? anEnrollment(), stamp);
    if (change.outcome === 'changed') await world.store.replace(change.enrollment);
    const [revoked, calls] = [await world.enrolled(), world.cloud.calls.length];
    for (const certificate of [device, await anIDevId(vendor, 'SN-1')]) {
      world.cloud.add(certificate.pem, { status: 'PENDING_ACTIVATION', vendorCaId: aVendorCaRecord().id });
      await world.announce(certificate);
      expect(world.cloud.known.get(idOf(certificate.pem))?.status).toBe('PENDING_ACTIVATION');
    }
    expect(world.codes()).toEqual(['admission.granted', 'admission.refused: revoked', 'admission.refused: revoked']);
    expect(world.cloud.calls.slice(calls)).toEqual(['describe', 'describe']);
    expect(await world.enrolled()).toEqual(revoked);
  });

  test('where its subject names no device', async () => {
    const nameless = await anIDevId(vendor, 'SN-1', { name: [{ O: ['Maker'] }] });
    const world = await justInTimeWorld();
    await world.announce(nameless);
    expect(world.codes()).toEqual(['admission.refused: malformed-request']);
  });

  test('where a CA of the same name, and not the vendor, made it', async () => {
    const forged = await anIDevId(await aVendorCa(), 'SN-1');
    const world = await justInTimeWorld();
    await world.announce(forged);
    expect(world.codes()).toEqual(['admission.refused: evidence-refused']);
  });

  test('where another key holds the serial: contested once, with both keys', async () => {
    const second = await anIDevId(vendor, 'SN-1');
    const world = await justInTimeWorld();
    await world.announce(device);
    await world.announce(second);
    await world.announce(second);
    expect(world.codes()).toEqual(['admission.granted', 'device.contested', 'admission.refused: bound-to-another-key']);
    expect(world.audit.events[1]).toMatchObject({ keyDigest: keyOf(second), boundKeyDigest: keyOf(device) });
    expect(await world.countOf(second)).toBe(2);
  });
});

describe('Announcements of a refused certificate', () => {
  test('are counted, and AWS IoT is not asked again', async () => {
    const world = await justInTimeWorld();
    for (let time = 0; time < 5; time += 1) await world.announce(stranger);
    expect(await world.countOf(stranger)).toBe(5);
    expect(world.codes()).toEqual(['admission.refused: unknown-serial']);
    expect(world.cloud.calls).toEqual(['describe']);
  });

  test('are judged anew once somebody has enrolled the device', async () => {
    const world = await justInTimeWorld({ enrollment: 'none' });
    await world.announce(device);
    await world.store.register(anEnrollment({ requirement: vendorRequirement() }));
    await world.announce(device);
    expect(world.codes()).toEqual(['admission.refused: unknown-serial', 'admission.granted']);
  });

  test('are judged anew once an operator trusts the CA again', async () => {
    const world = await justInTimeWorld({ ca: { state: 'distrusted' } });
    await world.announce(device);
    await world.vendorCas.put(aVendorCaRecord({ changedAt: NOON + 1 }));
    await world.announce(device);
    expect(world.codes()).toEqual(['admission.refused: unknown-vendor-ca', 'admission.granted']);
  });

  test('wait on a line of approvals until an operator said yes to that key', async () => {
    const world = await justInTimeWorld({ settings: { approval: 'operator' } });
    await world.announce(device);
    await world.announce(device);
    const waiting = await world.enrolled();
    expect(waiting).toMatchObject({ state: 'pending', pending: { key: keyOf(device), correlationId: idOf(device.pem) } });
    const change = waiting && approve(waiting, stamp);
    if (change?.outcome === 'changed') await world.store.replace(change.enrollment);
    await world.announce(device);
    expect(world.codes()).toEqual(['admission.held', 'admission.refused: pending-approval', 'admission.granted']);
    expect(world.cloud.known.get(idOf(device.pem))?.status).toBe('ACTIVE');
  });
});

describe('What is announced', () => {
  test('by a CA of another application is none of our business', async () => {
    const world = await justInTimeWorld({ ca: 'none' });
    await world.announce(device);
    expect(world.codes()).toEqual([]);
    expect(await world.countOf(device)).toBeUndefined();
  });

  test.each(['ACTIVE', 'INACTIVE', 'REVOKED'] as const)('counts for nothing where the certificate is %s', async (status) => {
    const world = await justInTimeWorld();
    world.cloud.add(device.pem, { status, vendorCaId: aVendorCaRecord().id });
    await world.announce(device);
    expect(world.codes()).toEqual([]);
    expect(world.cloud.calls).toEqual(['describe']);
  });

  test('counts for nothing where another CA issued the certificate', async () => {
    const world = await justInTimeWorld();
    world.cloud.add(device.pem, { status: 'PENDING_ACTIVATION' });
    await world.announce(device);
    expect(world.codes()).toEqual([]);
  });

  test('and is no announcement goes back to the queue', async () => {
    const world = await justInTimeWorld();
    expect((await world.announce(device, 'no JSON')).batchItemFailures).toEqual([{ itemIdentifier: 'message-1' }]);
    expect((await world.announce(device, '{}')).batchItemFailures).toEqual([{ itemIdentifier: 'message-2' }]);
  });
});
