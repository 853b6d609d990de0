import type { OperationsClient } from '../../../../domain/operations-client.ts';
import { devicesApprove } from '../../../../domain/operations/devices-approve.ts';
import { devicesConfirm } from '../../../../domain/operations/devices-confirm.ts';
import { devicesQuarantine } from '../../../../domain/operations/devices-quarantine.ts';
import { devicesReadmit } from '../../../../domain/operations/devices-readmit.ts';
import { devicesRelease } from '../../../../domain/operations/devices-release.ts';
import { devicesResolve } from '../../../../domain/operations/devices-resolve.ts';
import { devicesRevoke } from '../../../../domain/operations/devices-revoke.ts';
import { NOON, anEnrollment } from '../../../builders/enrollment.ts';
import { CLIENT_ID } from '../../../builders/hook-event.ts';
import { aCertificateId, aKey, aLine } from '../../../builders/identifiers.ts';
import { ANN, BEN, active, deviceWorld } from './device-world.ts';

const { serialNumber, thingName } = active();
const contender = { key: aKey('other'), at: NOON, correlationId: CLIENT_ID };
const quarantined = active({ state: 'quarantined', quarantinedFrom: 'active' });
const revokeOne = `revoke ${aCertificateId('one').slice(0, 8)}`;
const deactivateOne = `deactivate ${aCertificateId('one').slice(0, 8)}`;
const deactivateTwo = `deactivate ${aCertificateId('two').slice(0, 8)}`;
const revokeTwo = `revoke ${aCertificateId('two').slice(0, 8)}`;

const QUARANTINE = 'muster-quarantine';
const PROBATION = 'muster-probation';

type World = Awaited<ReturnType<typeof deviceWorld>>;

const quarantine = (client: OperationsClient) => client.call(devicesQuarantine, { serialNumber, note: 'odd traffic' });
const release = (client: OperationsClient) => client.call(devicesRelease, { serialNumber });
const confirm = (client: OperationsClient) => client.call(devicesConfirm, { serialNumber });
const resolveFor = (key: string) => (client: OperationsClient) => client.call(devicesResolve, { serialNumber, keep: aKey(key) });

/** Two people revoke. */
const revoke = async ({ as }: Pick<World, 'as'>) => {
  const wish = { serialNumber, note: 'sold with its key' };
  await as('operator', ANN)
    .call(devicesRevoke, wish)
    .catch(() => undefined);
  return as('security', BEN).call(devicesRevoke, wish);
};

describe('Putting a device into quarantine', () => {
  test('is in the table first, then in the group, then at its connection', async () => {
    const world = await deviceWorld(active());
    const { outcome, device } = await quarantine(world.as('security'));
    expect({ outcome, state: device.state, attention: device.attention }).toEqual({
      outcome: 'changed',
      state: 'quarantined',
      attention: 'quarantined',
    });
    expect(world.cloud.calls).toEqual([`add to ${QUARANTINE}`, `end ${thingName}`]);
    expect(await world.read(active())).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active', version: 4 });
  });

  test('is on record with who did it, in which scope, and why', async () => {
    const world = await deviceWorld(active());
    await quarantine(world.as('security'));
    expect(world.audit.events).toMatchObject([
      {
        code: 'device.quarantined',
        actor: { arn: ANN },
        operation: 'devices.quarantine',
        scope: 'security',
        note: 'odd traffic',
        serialNumber,
      },
    ]);
  });

  test('changes nothing in a dry run, and says what it would', async () => {
    const world = await deviceWorld(active());
    const { device } = await world.as('security').call(devicesQuarantine, { serialNumber, note: 'odd traffic' }, { isDryRun: true });
    expect(device.state).toBe('quarantined');
    expect(await world.read(active())).toEqual(active());
    expect({ calls: world.cloud.calls, events: world.audit.events }).toEqual({ calls: [], events: [] });
  });

  test('can be taken back', async () => {
    const world = await deviceWorld(active());
    await quarantine(world.as('security'));
    expect((await release(world.as('security'))).device.state).toBe('active');
    expect(world.cloud.groups.membersOf(QUARANTINE)).toEqual(new Set());
  });

  test('is finished by the next who reads, when another operator came between', async () => {
    const world = await deviceWorld(active());
    let isFirst = true;
    world.cloud.state.beforeCall = async (call) => {
      if (!isFirst || !call.startsWith('add')) return;
      isFirst = false;
      await release(world.as('security', BEN));
    };
    await quarantine(world.as('security'));
    expect((await world.read(active()))?.state).toBe('active');
    expect(world.cloud.groups.membersOf(QUARANTINE)).toEqual(new Set());
  });
});

describe('Power that fails between two steps', () => {
  test.each([
    ['quarantine', active(), (world: World) => quarantine(world.as('security')), [`add to ${QUARANTINE}`, `end ${thingName}`]],
    ['release', quarantined, (world: World) => release(world.as('security')), [`remove from ${QUARANTINE}`, `end ${thingName}`]],
    ['confirm', active({ onProbation: true }), (world: World) => confirm(world.as('operator')), [`remove from ${PROBATION}`]],
    ['revoke', active(), revoke, [deactivateOne, deactivateTwo, revokeOne, revokeTwo, `end ${thingName}`]],
    [
      'resolve',
      active({ contender }),
      (world: World) => resolveFor('other')(world.as('security')),
      [revokeOne, revokeTwo, `end ${thingName}`],
    ],
  ] as const)('leaves a %s that says no to devices already, and that the same command finishes', async (_, before, act, calls) => {
    for (const failing of calls) {
      const world = await deviceWorld(before);
      world.cloud.state.failing = failing;
      await expect(act(world)).rejects.toThrow();
      const broken = await world.read(before);
      expect(broken?.version).toBe(before.version + 1);
      world.cloud.state.failing = undefined;
      world.cloud.calls.length = 0;
      const { device } = await act(world);
      expect(device.toRetire).toEqual([]);
      expect(world.cloud.calls).toEqual(calls);
      expect(device.state).toBe(broken?.state);
    }
  });
});

describe('Revoking a device', () => {
  test('takes two people, and names both', async () => {
    const world = await deviceWorld(active());
    await revoke(world);
    const event = world.audit.events.find(({ code }) => code === 'device.revoked');
    expect(event).toMatchObject({ actor: { arn: BEN }, proposedBy: ANN, note: 'sold with its key' });
  });

  test('revokes its certificates and strikes them off its list, each on record with who did it', async () => {
    const world = await deviceWorld(active());
    const { device } = await revoke(world);
    expect(device).toMatchObject({ state: 'revoked', toRetire: [], certificates: [] });
    expect([...world.cloud.certificates.values()]).toEqual(['REVOKED', 'REVOKED']);
    const retired = world.audit.events.filter(({ code }) => code === 'certificate.retired');
    expect(retired.map(({ certificateId, actor }) => ({ certificateId, actor }))).toEqual(
      ['one', 'two'].map((name) => ({ certificateId: aCertificateId(name), actor: { kind: 'operator', arn: BEN } })),
    );
  });
});

describe('Resolving a contest', () => {
  test('keeps the bound key, and the other never comes in again', async () => {
    const world = await deviceWorld(active({ contender }));
    const { device } = await resolveFor('device')(world.as('security'));
    expect(device.evidence).toMatchObject({ boundKey: aKey('device'), refusedKeys: [aKey('other')] });
    expect(device.certificates).toHaveLength(2);
    expect(world.cloud.calls).toEqual([]);
  });

  test('keeps the other key, and revokes the certificates of the first', async () => {
    const world = await deviceWorld(active({ contender }));
    const { device } = await resolveFor('other')(world.as('security'));
    expect(device).toMatchObject({
      state: 'admitted',
      certificates: [],
      evidence: { boundKey: aKey('other'), refusedKeys: [aKey('device')] },
    });
    expect([...world.cloud.certificates.values()]).toEqual(['REVOKED', 'REVOKED']);
  });

  test('refuses a key that never asked', async () => {
    const world = await deviceWorld(active({ contender }));
    await expect(resolveFor('third')(world.as('security'))).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });
});

describe('Approving', () => {
  const pending = anEnrollment({ state: 'pending', pending: contender });

  test('says yes to the key that waits', async () => {
    const world = await deviceWorld(pending);
    const { device } = await world.as('security').call(devicesApprove, { serialNumber });
    expect(device.evidence?.approvedKey).toBe(contender.key);
    expect((await world.as('security').call(devicesApprove, { serialNumber })).outcome).toBe('unchanged');
  });

  test('refuses where nobody waits, and says so', async () => {
    const world = await deviceWorld(anEnrollment());
    await expect(world.as('security').call(devicesApprove, { serialNumber })).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
      message: expect.stringContaining('No key waits') as unknown,
    });
  });

  test('is for security alone', async () => {
    const world = await deviceWorld(pending);
    await expect(world.as('operator').call(devicesApprove, { serialNumber })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });
});

describe('Letting another key in', () => {
  const readmit = ({ as }: World, more: object = {}) =>
    as('operator').call(devicesReadmit, { serialNumber, until: NOON + 3_600_000, ...more });

  test('is for one key and a time', async () => {
    const { device } = await readmit(await deviceWorld(active()), { key: aKey('other') });
    expect(device.evidence?.readmission).toEqual({ until: NOON + 3_600_000, key: aKey('other') });
  });

  test('is not for ever', async () => {
    await expect(readmit(await deviceWorld(active()), { until: NOON + 31 * 86_400_000 })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });

  test('follows the line: one that lets nobody in again stays closed', async () => {
    const gateway = active({ line: aLine('gateway') });
    await expect(readmit(await deviceWorld(gateway))).rejects.toThrow(/reprovision: never/);
  });

  test('may change the secret, and never asks for less than before', async () => {
    const world = await deviceWorld(active());
    await expect(readmit(world, { requirement: {} })).rejects.toThrow(/would be less/);
    expect((await readmit(world, { requirement: { pinnedKey: aKey('other') } })).device.evidence?.details).toEqual({
      pinnedKey: aKey('other'),
    });
  });
});
