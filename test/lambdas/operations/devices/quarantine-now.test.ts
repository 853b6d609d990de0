import { devicesQuarantine } from '../../../../domain/operations/devices-quarantine.ts';
import { devicesRelease } from '../../../../domain/operations/devices-release.ts';
import { aCertificateId } from '../../../builders/identifiers.ts';
import { active, deviceWorld } from './device-world.ts';

const { serialNumber, thingName } = active();
const [one, two] = [aCertificateId('one'), aCertificateId('two')];
const deactivation = [`deactivate ${one.slice(0, 8)}`, `deactivate ${two.slice(0, 8)}`];

const aWorld = async (device = active()) => {
  const world = await deviceWorld(device);
  for (const certificate of [one, two]) world.cloud.certificates.set(certificate, 'ACTIVE');
  const client = world.as('security');
  return {
    ...world,
    quarantine: (now?: boolean) => client.call(devicesQuarantine, { serialNumber, note: 'stolen', ...(now === undefined ? {} : { now }) }),
    release: () => client.call(devicesRelease, { serialNumber }),
    statuses: () => [one, two].map((certificate) => world.cloud.certificates.get(certificate)),
  };
};

describe('Quarantine that leaves a device nothing', () => {
  test('takes its certificates out of use before it ends the connection, and says so of the device', async () => {
    const { quarantine, statuses, cloud } = await aWorld();
    const { device } = await quarantine(true);
    expect(device).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active', quarantineLeavesNothing: true });
    expect(statuses()).toEqual(['INACTIVE', 'INACTIVE']);
    expect(cloud.calls).toEqual(['add to muster-quarantine', ...deactivation, `end ${thingName}`]);
  });

  test('is reversible: a release puts them back into use, and leaves no trace', async () => {
    const { quarantine, release, statuses } = await aWorld();
    await quarantine(true);
    const { device } = await release();
    expect(device.state).toBe('active');
    expect(device).not.toHaveProperty('quarantineLeavesNothing');
    expect(statuses()).toEqual(['ACTIVE', 'ACTIVE']);
  });

  test('puts back none that is to be retired, or was revoked meanwhile', async () => {
    const { quarantine, release, statuses, cloud } = await aWorld(active({ toRetire: [two] }));
    await quarantine(true);
    cloud.certificates.set(one, 'REVOKED');
    await release();
    expect(statuses()).toEqual(['REVOKED', 'INACTIVE']);
  });

  test('may follow one that left the diagnosis, and returns to the same state', async () => {
    const { quarantine, statuses, read } = await aWorld();
    await quarantine();
    expect(statuses()).toEqual(['ACTIVE', 'ACTIVE']);
    expect((await quarantine(true)).outcome).toBe('changed');
    expect(await read(active())).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active', version: 5 });
    expect(statuses()).toEqual(['INACTIVE', 'INACTIVE']);
  });

  test('is not softened by one that would leave the diagnosis, only by a release', async () => {
    const { quarantine, release, statuses } = await aWorld();
    await quarantine(true);
    expect((await quarantine()).outcome).toBe('unchanged');
    expect(statuses()).toEqual(['INACTIVE', 'INACTIVE']);
    await release();
    await quarantine();
    expect(statuses()).toEqual(['ACTIVE', 'ACTIVE']);
  });

  test.each([
    ['quarantine', ['add to muster-quarantine', ...deactivation, `end ${thingName}`]],
    ['release', ['remove from muster-quarantine', `reactivate ${one.slice(0, 8)}`, `reactivate ${two.slice(0, 8)}`, `end ${thingName}`]],
  ] as const)('is finished by the same command when the power fails in a %s', async (command, calls) => {
    for (const failing of calls) {
      const { quarantine, release, cloud, statuses } = await aWorld();
      if (command === 'release') await quarantine(true);
      const act = command === 'release' ? release : () => quarantine(true);
      cloud.state.failing = failing;
      await expect(act()).rejects.toThrow();
      cloud.state.failing = undefined;
      await act();
      const expected = command === 'release' ? 'ACTIVE' : 'INACTIVE';
      expect(statuses()).toEqual([expected, expected]);
    }
  });
});
