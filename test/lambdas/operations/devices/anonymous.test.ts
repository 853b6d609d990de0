import { parseConfiguration } from '../../../../domain/configuration.ts';
import { devicesQuarantine } from '../../../../domain/operations/devices-quarantine.ts';
import { devicesRelease } from '../../../../domain/operations/devices-release.ts';
import { aCertificateId } from '../../../builders/identifiers.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';
import { ANN, active } from './device-world.ts';

const configuration = parseConfiguration({ lines: [{ name: active().line, clientIds: { assigned: true } }] }, ['pki']);
const { serialNumber, thingName } = active();
const [one, two] = [aCertificateId('one'), aCertificateId('two')];

const anonymousWorld = async (device = active()) => {
  const world = inProcessOperations({ scopes: [{ name: 'security', role: 'security' }], resources: { configuration } });
  await world.store.register(device);
  for (const certificate of [one, two]) world.cloud.certificates.set(certificate, 'ACTIVE');
  const client = world.clientAs(ANN, 'security');
  return {
    ...world,
    quarantine: () => client.call(devicesQuarantine, { serialNumber, note: 'odd traffic' }),
    release: () => client.call(devicesRelease, { serialNumber }),
    statuses: () => [one, two].map((certificate) => world.cloud.certificates.get(certificate)),
  };
};

describe('On a line whose devices may connect without a client id', () => {
  test('quarantine deactivates the certificates, which ends connections that nobody can name', async () => {
    const { quarantine, statuses, cloud } = await anonymousWorld();
    await quarantine();
    expect(statuses()).toEqual(['INACTIVE', 'INACTIVE']);
    expect(cloud.calls).toEqual([
      ...['add to muster-quarantine', `deactivate ${one.slice(0, 8)}`, `deactivate ${two.slice(0, 8)}`],
      `end ${thingName}`,
    ]);
  });

  test('a release activates them again', async () => {
    const { quarantine, release, statuses } = await anonymousWorld();
    await quarantine();
    await release();
    expect(statuses()).toEqual(['ACTIVE', 'ACTIVE']);
  });

  test('a release activates none that is to be retired, or was revoked meanwhile', async () => {
    const { quarantine, release, statuses, cloud } = await anonymousWorld(active({ toRetire: [two] }));
    await quarantine();
    cloud.certificates.set(one, 'REVOKED');
    await release();
    expect(statuses()).toEqual(['REVOKED', 'INACTIVE']);
    expect(cloud.calls).not.toContain(`reactivate ${two.slice(0, 8)}`);
  });

  test('quarantine that broke off is completed by the same command', async () => {
    const { quarantine, statuses, cloud } = await anonymousWorld();
    cloud.state.failing = `deactivate ${two.slice(0, 8)}`;
    await expect(quarantine()).rejects.toThrow();
    cloud.state.failing = undefined;
    await quarantine();
    expect(statuses()).toEqual(['INACTIVE', 'INACTIVE']);
  });
});
