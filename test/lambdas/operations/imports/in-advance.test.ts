import { parseConfiguration } from '../../../../domain/configuration.ts';
import { devicesImport, type ImportRow } from '../../../../domain/operations/devices-import.ts';
import { thingNameOf } from '../../../../domain/thing-name.ts';
import { revoke } from '../../../../domain/changes/revoke.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { aLine, aSerial, aTenant } from '../../../builders/identifiers.ts';
import { anIDevId } from '../../../builders/vendor.ts';
import { idOf } from '../../../fakes/entrance-cloud.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';
import { keyOf, vendor, vendorRequirement } from '../../just-in-time-registration/just-in-time-world.ts';

const device = await anIDevId(vendor, 'SN-1');
const other = await anIDevId(vendor, 'SN-1');

const configuration = parseConfiguration(
  {
    lines: [{ name: 'sensor' }, { name: 'gateway', attestation: 'vendor-certificate' }, { name: 'meter', approval: 'operator' }],
    tenants: [{ name: 'acme' }],
  },
  ['pki'],
);

const manifest = { digest: 'a'.repeat(64) };

const aRow = (more: Partial<ImportRow> = {}): ImportRow => ({
  ...{ serialNumber: aSerial(), line: aLine(), tenant: aTenant(), approach: 'pki' },
  requirement: { pinnedKey: keyOf(device) },
  certificatePem: device.pem,
  ...more,
});

const aBench = () => {
  const bench = inProcessOperations({ resources: { configuration } });
  const send = async (...rows: readonly ImportRow[]) => (await bench.client.call(devicesImport, { manifest, rows: [...rows] })).results;
  const enrolled = async () => (await bench.store.readMany([thingNameOf('muster', aLine(), aSerial())]))[0];
  const status = () => bench.entrance.known.get(idOf(device.pem))?.status;
  return { ...bench, send, enrolled, status, codes: () => bench.audit.events.map(({ code }) => code) };
};

describe('A device whose certificate is known in advance', () => {
  test('is let in by the import: enrolled, admitted, placed, and its certificate activated last', async () => {
    const { send, enrolled, entrance, status, codes, audit } = aBench();
    expect(await send(aRow())).toEqual([{ outcome: 'created' }]);
    expect(await enrolled()).toMatchObject({ state: 'admitted', boundKey: keyOf(device), certificates: [{ id: idOf(device.pem) }] });
    expect(entrance.calls).toEqual(['describe', 'register', 'describe', 'place', 'activate']);
    expect(entrance.placed).toMatchObject([{ thingName: 'muster:sensor:SN-1', groups: ['muster-tenant-acme'] }]);
    expect(status()).toBe('ACTIVE');
    expect(codes()).toEqual(['device.registered', 'admission.granted']);
    expect(audit.events[1]).toMatchObject({ actor: { kind: 'operator' }, operation: 'devices.import', scope: 'operator' });
  });

  test('costs one look when it is imported again, and none once it was seen', async () => {
    const { send, entrance, enrolled, store } = aBench();
    await send(aRow());
    expect(await send(aRow())).toEqual([{ outcome: 'unchanged' }]);
    expect(entrance.calls.slice(5)).toEqual(['describe']);
    const found = await enrolled();
    if (found !== undefined)
      await store.replace({ ...found, state: 'active', certificateInUse: idOf(device.pem), version: found.version + 1 });
    expect(await send(aRow())).toEqual([{ outcome: 'unchanged' }]);
    expect(entrance.calls).toHaveLength(6);
  });

  test.each([1, 2, 3, 4, 5])('comes in by the same import again when call %d to AWS IoT fails', async (failsAt) => {
    const { send, entrance, enrolled, status, codes } = aBench();
    entrance.state.failsAt = failsAt;
    await expect(send(aRow())).rejects.toThrow();
    expect(status()).not.toBe('ACTIVE');
    expect(await send(aRow())).toEqual([{ outcome: 'unchanged' }]);
    expect(status()).toBe('ACTIVE');
    expect(await enrolled()).toMatchObject({ state: 'admitted', version: 2 });
    expect(codes()).toEqual(['device.registered', 'admission.granted']);
  });

  test('is told to come again later where AWS IoT throttles', async () => {
    const { send, entrance } = aBench();
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    entrance.placing.place = () => Promise.reject(throttled);
    await expect(send(aRow())).rejects.toMatchObject({ code: 'ERR_BUSY' });
  });

  test('may be vouched for by its vendor', async () => {
    const { send, status } = aBench();
    const row = aRow({ line: aLine('gateway'), requirement: vendorRequirement(), certificatePem: device.pem + vendor.pem });
    expect(await send(row)).toEqual([{ outcome: 'created' }]);
    expect(status()).toBe('ACTIVE');
  });
});

describe('A row with a certificate', () => {
  test.each([
    ['of another key', { certificatePem: other.pem }],
    ['that is none', { certificatePem: 'no PEM' }],
    ['that proves less than the line demands', { line: aLine('gateway') }],
    ['on a line where an operator approves every key', { line: aLine('meter') }],
    ['that names another serial', { serialNumber: aSerial('SN-2'), requirement: vendorRequirement() }],
    ['that cannot prove a secret', { requirement: { deviceSecret: 'A'.repeat(43) } }],
  ])('is refused %s, and nothing is enrolled', async (_, more) => {
    const { send, store, entrance } = aBench();
    expect(await send(aRow(more))).toMatchObject([{ outcome: 'refused', mistakes: [{ what: 'certificate' }] }]);
    expect((await store.list({}, { limit: 9 })).rows).toEqual([]);
    expect(entrance.calls).toEqual([]);
  });

  test('conflicts where the device came in by another key, and contests nothing', async () => {
    const { send, enrolled, codes } = aBench();
    await send(aRow({ requirement: vendorRequirement() }));
    const second = aRow({ requirement: vendorRequirement(), certificatePem: other.pem });
    expect(await send(second)).toMatchObject([{ outcome: 'conflicting', mistakes: [{ what: 'certificate' }] }]);
    expect((await enrolled())?.contender).toBeUndefined();
    expect(codes()).toEqual(['device.registered', 'admission.granted']);
  });

  test('conflicts where the device was revoked, and brings nothing back', async () => {
    const { send, enrolled, store, entrance } = aBench();
    await send(aRow());
    const found = await enrolled();
    const stamp = { id: 'event-9', at: NOON, actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' } } as const;
    const change = found && revoke(found, stamp);
    if (change?.outcome === 'changed') await store.replace(change.enrollment);
    const before = entrance.calls.length;
    expect(await send(aRow())).toMatchObject([{ outcome: 'conflicting' }]);
    expect(entrance.calls).toHaveLength(before);
  });

  test('conflicts where AWS IoT holds the certificate for revoked', async () => {
    const { send, entrance, status } = aBench();
    entrance.add(device.pem, { status: 'REVOKED' });
    expect(await send(aRow())).toMatchObject([{ outcome: 'conflicting' }]);
    expect(status()).toBe('REVOKED');
  });

  test('stands for ten of a request', async () => {
    const { send } = aBench();
    const rows = Array.from({ length: 11 }, (_, index) => aRow({ serialNumber: aSerial(`SN-${index}`) }));
    await expect(send(...rows)).rejects.toMatchObject({ code: 'ERR_INPUT' });
  });
});
