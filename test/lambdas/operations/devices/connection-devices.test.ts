import { proofMark } from '../../../../domain/connection/accepted-proof.ts';
import { parseConfiguration } from '../../../../domain/configuration.ts';
import type { Enrollment } from '../../../../domain/enrollment.ts';
import { devicesQuarantine } from '../../../../domain/operations/devices-quarantine.ts';
import { devicesRelease } from '../../../../domain/operations/devices-release.ts';
import { devicesRevoke } from '../../../../domain/operations/devices-revoke.ts';
import { devicesShow } from '../../../../domain/operations/devices-show.ts';
import type { OperatorScope } from '../../../../domain/operator-scope.ts';
import { NOON, anEnrollment } from '../../../builders/enrollment.ts';
import { aLine } from '../../../builders/identifiers.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';
import { ANN, BEN } from './device-world.ts';

const configuration = parseConfiguration({ lines: [{ name: 'meter', approaches: ['psk'], clientIds: { path: 'site/meters' } }] }, ['psk']);
const scopes: readonly OperatorScope[] = [
  { name: 'security', role: 'security' },
  { name: 'operator', role: 'operator' },
];
const device = (more: Partial<Enrollment> = {}) => anEnrollment({ line: aLine('meter'), approach: 'psk', ...more });
const name = { serialNumber: device().serialNumber };

const world = async (enrollment: Enrollment) => {
  const operations = inProcessOperations({ scopes, resources: { configuration } });
  await operations.store.register(enrollment);
  return { ...operations, read: async () => (await operations.store.readMany([enrollment.thingName]))[0] };
};

const ends = ['end muster:meter:SN-1', 'end site/meters/SN-1'];

describe('A device that proves itself at each connection', () => {
  test('is cut off from quarantine on, whatever it is connected as, and again when it is released', async () => {
    const { clientAs, cloud, read } = await world(device({ state: 'active' }));
    const security = clientAs(ANN, 'security');
    await security.call(devicesQuarantine, { ...name, note: 'odd traffic' });
    expect(cloud.calls).toEqual(['add to muster-quarantine', ...ends]);
    expect(await read()).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active' });
    cloud.calls.length = 0;
    await security.call(devicesRelease, name);
    expect(cloud.calls).toEqual(['remove from muster-quarantine', ...ends]);
    expect(await read()).toMatchObject({ state: 'active' });
  });

  test('may be quarantined and released before it was ever seen', async () => {
    const { clientAs, read } = await world(device());
    const security = clientAs(ANN, 'security');
    await security.call(devicesQuarantine, { ...name, note: 'odd traffic' });
    await security.call(devicesRelease, name);
    expect(await read()).toMatchObject({ state: 'registered' });
  });

  test('is ended for good by two people', async () => {
    const { clientAs, cloud, read } = await world(device({ state: 'active' }));
    const wish = { ...name, note: 'stolen' };
    await clientAs(ANN, 'operator')
      .call(devicesRevoke, wish)
      .catch(() => undefined);
    await clientAs(BEN, 'security').call(devicesRevoke, wish);
    expect(cloud.calls).toEqual(ends);
    expect(await read()).toMatchObject({ state: 'revoked' });
  });

  test('is shown with its last proof and its client id, and with no more of either', async () => {
    const lastProof = { mark: proofMark(NOON, 7), connectionId: 'connection-1', keyVersion: 2 };
    const { clientAs } = await world(device({ state: 'active', lastProof, connectsAs: 'site/meters/SN-1' }));
    const shown = await clientAs(ANN, 'security').call(devicesShow, name);
    expect(shown.device).toMatchObject({ lastProof: { at: NOON, keyVersion: 2 }, connectsAs: 'site/meters/SN-1' });
  });
});
