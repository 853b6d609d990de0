import type { Enrollment } from '../../../../domain/enrollment.ts';
import { devicesDecommission } from '../../../../domain/operations/devices-decommission.ts';
import { devicesImport } from '../../../../domain/operations/devices-import.ts';
import { aCertificateId } from '../../../builders/identifiers.ts';
import { ANN, BEN, active, deviceWorld } from './device-world.ts';

const { serialNumber, thingName, line, tenant, requirement } = active();
const wish = { serialNumber, note: 'scrapped' };
const [one, two, stray] = ['one', 'two', 'stray'].map((name) => aCertificateId(name)) as [
  ReturnType<typeof aCertificateId>,
  ReturnType<typeof aCertificateId>,
  ReturnType<typeof aCertificateId>,
];
const short = (id: string): string => id.slice(0, 8);

type World = Awaited<ReturnType<typeof deviceWorld>>;

/** With what AWS IoT has of the device. */
const aWorld = async (device: Enrollment = active()): Promise<World> => {
  const world = await deviceWorld(device);
  for (const certificate of [one, two]) world.cloud.certificates.set(certificate, 'ACTIVE');
  world.cloud.attached.set(thingName, new Set([one, two]));
  world.cloud.groups.membersOf('muster-line-sensor').add(thingName);
  return world;
};

/** Two people take it out of service. */
const decommission = async ({ as }: World) => {
  await as('operator', ANN)
    .call(devicesDecommission, wish)
    .catch(() => undefined);
  return as('security', BEN).call(devicesDecommission, wish);
};

const nothingLeft = ({ cloud }: World) => ({
  certificates: [...cloud.certificates.keys()],
  attached: [...cloud.attached.keys()],
  groups: [...cloud.groups.membersOf('muster-line-sensor')],
});

const NOTHING = { certificates: [], attached: [], groups: [] };

const inOrder = [
  ...['look what is attached', `deactivate ${short(one)}`, `deactivate ${short(two)}`, `end ${thingName}`],
  ...['look what is attached', `remove ${short(one)}`, `remove ${short(two)}`, 'remove the thing'],
];

describe('Taking a device out of service', () => {
  test('bars it on record, then ends what it can do, then deletes everything that AWS IoT has of it', async () => {
    const world = await aWorld();
    const { outcome, device } = await decommission(world);
    expect({ outcome, ...device }).toMatchObject({ outcome: 'changed', state: 'decommissioned', certificates: [], toRetire: [] });
    expect(world.cloud.calls).toEqual(inOrder);
    expect(nothingLeft(world)).toEqual(NOTHING);
  });

  test('takes two people, and is on record with both and why; each certificate is, too', async () => {
    const world = await aWorld();
    await decommission(world);
    expect(world.audit.events.map(({ code }) => code)).toEqual([
      ...['operation.proposed', 'device.decommissioned', 'certificate.retired', 'certificate.retired'],
    ]);
    expect(world.audit.events[1]).toMatchObject({
      actor: { arn: BEN },
      proposedBy: ANN,
      note: 'scrapped',
      operation: 'devices.decommission',
    });
  });

  test('changes nothing in a dry run, and says what it would', async () => {
    const world = await aWorld();
    const { device } = await world.as('security').call(devicesDecommission, wish, { isDryRun: true });
    expect(device.state).toBe('decommissioned');
    expect(await world.read(active())).toEqual(active());
    expect(world.cloud.calls).toEqual([]);
  });

  test('is resumed where power failed, whichever call it was: the device was barred already', async () => {
    for (const [index, failing] of inOrder.entries()) {
      const world = await aWorld();
      world.cloud.state.beforeCall = () =>
        world.cloud.calls.length === index ? Promise.reject(new Error(`No power to ${failing}`)) : Promise.resolve();
      await expect(decommission(world)).rejects.toThrow();
      expect(await world.read(active())).toMatchObject({ state: 'decommissioned', toRetire: [one, two] });
      world.cloud.state.beforeCall = () => Promise.resolve();
      await expect(decommission(world)).resolves.toMatchObject({ device: { state: 'decommissioned', toRetire: [] } });
      expect(nothingLeft(world)).toEqual(NOTHING);
    }
  });

  test.each(['certificates', 'thing'] as const)(
    'asks for a repeat while AWS IoT is still detaching (%s), by the same person',
    async (what) => {
      const world = await aWorld();
      world.cloud.state.detaching = what;
      await expect(decommission(world)).rejects.toMatchObject({ code: 'ERR_BUSY' });
      world.cloud.state.detaching = undefined;
      await expect(world.as('security', BEN).call(devicesDecommission, wish)).resolves.toMatchObject({ device: { toRetire: [] } });
      expect(nothingLeft(world)).toEqual(NOTHING);
    },
  );

  test('finds what an earlier revocation left there: certificates that are on no list', async () => {
    const world = await aWorld(active({ state: 'revoked', certificates: [], toRetire: [] }));
    await decommission(world);
    expect(nothingLeft(world)).toEqual(NOTHING);
  });

  test('deletes what comes to be attached meanwhile by an admission that was decided before', async () => {
    const world = await aWorld();
    world.cloud.state.beforeCall = (call) => {
      if (call.startsWith('end')) world.cloud.attached.get(thingName)?.add(stray);
      return Promise.resolve();
    };
    await decommission(world);
    expect(nothingLeft(world)).toEqual(NOTHING);
  });
});

describe('The record of a device that is out of service', () => {
  test('keeps its serial from coming back by an import, and says so in a sentence', async () => {
    const world = await aWorld();
    await decommission(world);
    const rows = [{ serialNumber, line, tenant, approach: 'pki', requirement }];
    const manifest = { digest: 'a'.repeat(64) };
    const { results } = await world.as('operator').call(devicesImport, { manifest, rows });
    expect(results).toMatchObject([
      { outcome: 'conflicting', mistakes: [{ what: 'serial', got: expect.stringContaining('was taken out of service') as unknown }] },
    ]);
    expect((await world.read(active()))?.state).toBe('decommissioned');
  });
});
