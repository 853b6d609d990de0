import { MAX_FORMER_OWNERS, transfer } from '../../../../domain/changes/transfer.ts';
import { refusalOfEnrollment } from '../../../../domain/admission/device-judgement.ts';
import type { Enrollment } from '../../../../domain/enrollment.ts';
import { devicesExplain } from '../../../../domain/operations/devices-explain.ts';
import { devicesReadmit } from '../../../../domain/operations/devices-readmit.ts';
import { devicesShow } from '../../../../domain/operations/devices-show.ts';
import { devicesTransfer } from '../../../../domain/operations/devices-transfer.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aCertificateId, aKey, aLine, aTenant } from '../../../builders/identifiers.ts';
import { ANN, BEN, active, deviceWorld } from './device-world.ts';

const { serialNumber, thingName } = active();
const globex = aTenant('globex');
const [one, two] = [aCertificateId('one'), aCertificateId('two')];
const codeKey = Buffer.alloc(32, 7).toString('base64url');

type World = Awaited<ReturnType<typeof deviceWorld>>;

const aWorld = async (device: Enrollment = active()): Promise<World> => {
  const world = await deviceWorld(device);
  for (const certificate of [one, two]) world.cloud.certificates.set(certificate, 'ACTIVE');
  world.cloud.attached.set(thingName, new Set([one, two]));
  world.cloud.groups.membersOf('muster-tenant-acme').add(thingName);
  return world;
};

/** Two people give it away. */
const give = async ({ as }: World, to = globex) => {
  await as('operator', ANN)
    .call(devicesTransfer, { serialNumber, to })
    .catch(() => undefined);
  return as('security', BEN).call(devicesTransfer, { serialNumber, to });
};

const isBarred = (enrollment: Enrollment | undefined): string | undefined =>
  enrollment && refusalOfEnrollment(enrollment, { line: enrollment.line, serialNumber, approach: enrollment.approach });

const inOrder = [
  ...['look what is attached', 'deactivate', 'deactivate', 'end', 'look what is attached', 'remove', 'remove', 'remove the thing'],
];

describe('Giving a device to another tenant', () => {
  test('deletes what it had for the former one, and lets it come in again as if nobody had seen it', async () => {
    const world = await aWorld();
    const { outcome, device } = await give(world);
    expect({ outcome, ...device }).toMatchObject({
      ...{ outcome: 'changed', tenant: 'globex', state: 'registered', certificates: [], toRetire: [] },
      formerOwners: [{ tenant: 'acme', until: NOON }],
    });
    expect([world.cloud.certificates.size, world.cloud.attached.size, world.cloud.groups.membersOf('muster-tenant-acme').size]).toEqual([
      0, 0, 0,
    ]);
    const kept = await world.read(active());
    for (const field of ['boundKey', 'certificateInUse', 'isChangingHands']) expect(kept).not.toHaveProperty(field);
    expect(isBarred(kept)).toBeUndefined();
  });

  test('takes two people, and is on record with both and with both tenants', async () => {
    const world = await aWorld();
    await give(world);
    const event = world.audit.events.find(({ code }) => code === 'device.transferred');
    expect(event).toMatchObject({
      actor: { arn: BEN },
      proposedBy: ANN,
      tenant: 'globex',
      formerTenant: 'acme',
      operation: 'devices.transfer',
    });
  });

  test('is resumed where power failed, whichever call it was; nobody comes in meanwhile', async () => {
    for (const index of inOrder.keys()) {
      const world = await aWorld();
      world.cloud.state.beforeCall = () => (world.cloud.calls.length === index ? Promise.reject(new Error('No power')) : Promise.resolve());
      await expect(give(world)).rejects.toThrow();
      expect(isBarred(await world.read(active()))).toBe('changing-hands');
      world.cloud.state.beforeCall = () => Promise.resolve();
      expect((await give(world)).device).toMatchObject({ state: 'registered', toRetire: [], formerOwners: [{ tenant: 'acme' }] });
      expect(isBarred(await world.read(active()))).toBeUndefined();
      expect(world.cloud.attached.size).toBe(0);
    }
  });

  test('touches nothing of a device that came in for its new owner when it is repeated', async () => {
    const world = await aWorld();
    await give(world);
    const found = await world.read(active());
    if (found !== undefined) await world.store.replace({ ...found, state: 'active', version: found.version + 1 });
    world.cloud.calls.length = 0;
    expect((await give(world)).outcome).toBe('unchanged');
    expect(world.cloud.calls).toEqual([]);
  });

  test('keeps the chain of owners, which only grows, and ends where a record is full', async () => {
    const world = await aWorld();
    await give(world);
    const { device } = await give(world, aTenant('acme'));
    expect(device.formerOwners?.map(({ tenant }) => tenant)).toEqual(['acme', 'globex']);
    const formerOwners = Array.from({ length: MAX_FORMER_OWNERS }, () => ({ tenant: globex, until: NOON }));
    const stamp = { id: 'change-1', at: NOON, actor: { kind: 'operator', arn: ANN } } as const;
    expect(transfer(active({ formerOwners }), stamp, { to: globex, isProofItsOwn: true }).outcome).toBe('impossible');
  });

  test('rules the keys out that a former owner may have copied where only something that was told let them in', async () => {
    const told = await aWorld(active({ requirement: {} }));
    expect((await give(told)).device.evidence?.refusedKeys).toEqual([aKey('device')]);
    const pinned = await aWorld();
    expect((await give(pinned)).device.evidence?.refusedKeys).toEqual([]);
  });

  test('is not for a tenant that there is not, nor for a device that is shut out', async () => {
    await expect(give(await aWorld(), aTenant('initech'))).rejects.toThrow(/no tenant "initech"/);
    const quarantined = await aWorld(active({ state: 'quarantined', quarantinedFrom: 'active' }));
    await expect(give(quarantined)).rejects.toThrow(/Release it first/);
    await expect(give(await aWorld(active({ state: 'decommissioned' })))).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });

  test('changes nothing in a dry run', async () => {
    const world = await aWorld();
    const { device } = await world.as('security').call(devicesTransfer, { serialNumber, to: globex }, { isDryRun: true });
    expect(device.tenant).toBe('globex');
    expect(await world.read(active())).toEqual(active());
    expect(world.cloud.calls).toEqual([]);
  });
});

describe('A device that changed hands', () => {
  test('is seen no more by the support of its former owner', async () => {
    const world = await aWorld();
    const support = world.as('support-acme');
    expect((await support.call(devicesShow, { serialNumber })).device.tenant).toBe('acme');
    await give(world);
    await expect(support.call(devicesShow, { serialNumber })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    expect((await support.call(devicesExplain, { serialNumber, since: 0 })).story).toMatchObject({ conclusion: { standing: 'unknown' } });
  });

  test('does not tell the support of one tenant who owned it before', async () => {
    const world = await aWorld(active({ tenant: globex }));
    const { device } = await give(world, aTenant('acme'));
    expect(device.formerOwners).toHaveLength(1);
    expect((await world.as('support-acme').call(devicesShow, { serialNumber })).device).not.toHaveProperty('formerOwners');
  });

  test('gets a new code, for a time, where it proves itself by one, whatever its line says of other keys', async () => {
    const world = await aWorld(active({ line: aLine('gateway'), requirement: { codeKey } }));
    await give(world);
    const wish = { serialNumber, until: NOON + 3_600_000, requirement: { codeKey: Buffer.alloc(32, 8).toString('base64url') } };
    const { device } = await world.as('operator').call(devicesReadmit, wish);
    expect(device).toMatchObject({
      state: 'registered',
      evidence: { readmission: { until: NOON + 3_600_000 }, refusedKeys: [aKey('device')] },
    });
  });
});
