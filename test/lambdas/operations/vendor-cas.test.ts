import type { OperatorScope } from '../../../domain/operator-scope.ts';
import type { VendorCa } from '../../../domain/vendor-ca.ts';
import { createDistrustCa } from '../../../lambdas/operations/manufacturers/distrust-ca.ts';
import { createTrustCa } from '../../../lambdas/operations/manufacturers/trust-ca.ts';
import type { OperationCall } from '../../../lambdas/operations/operation-call.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { manufacturerName } from '../../../domain/manufacturer.ts';
import * as z from 'zod/mini';
import { NOON } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { aVendorCa, anIDevId } from '../../builders/vendor.ts';
import { idOf, inMemoryVendorCaStore, vendorCaAuthority } from '../../fakes/entrance-cloud.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';

const configuration = parseConfiguration({ lines: [{ name: 'sensor' }, { name: 'gateway' }], tenants: [{ name: 'acme' }] }, ['pki']);
const vendor = await aVendorCa();
const scope: OperatorScope = { name: 'security', role: 'security' };
const arn = 'arn:aws:iam::111122223333:user/ann';
const call: OperationCall = { scope, actor: { kind: 'operator', arn }, eventId: 'event-1', at: NOON, isDryRun: false };
const input = { name: z.parse(manufacturerName, 'maker'), line: aLine(), certificatePem: vendor.pem };

const aWorld = (...cas: readonly VendorCa[]) => {
  const resources = {
    configuration,
    audit: recordedAuditLog(),
    vendorCas: inMemoryVendorCaStore(...cas),
    vendorCaAuthority: vendorCaAuthority(),
  };
  const { trusted } = resources.vendorCaAuthority;
  return { ...resources, trusted, resources, trust: createTrustCa(resources), distrust: createDistrustCa(resources) };
};

const lost = () => Promise.reject(new Error('throttled'));

describe('Trusting a vendor’s CA', () => {
  test('registers it for a line, puts it on record, and lets its certificates in last', async () => {
    const world = aWorld();
    const { ca, outcome } = await world.trust(input, { ...call, proposedBy: 'arn:aws:iam::111122223333:user/bob' });
    expect({ outcome, id: ca.id, state: ca.state, line: ca.line }).toEqual({
      outcome: 'created',
      id: idOf(vendor.pem),
      state: 'trusted',
      line: 'sensor',
    });
    expect(world.trusted.get(ca.id)).toBe(true);
    expect(world.audit.events).toMatchObject([{ code: 'vendor-ca.trusted', vendorCaId: ca.id, proposedBy: expect.any(String) as string }]);
  });

  test('changes nothing the second time, and sees to it that AWS IoT agrees', async () => {
    const world = aWorld();
    const { ca } = await world.trust(input, call);
    world.trusted.set(ca.id, false);
    expect(await world.trust(input, call)).toMatchObject({ outcome: 'unchanged' });
    expect(world.trusted.get(ca.id)).toBe(true);
    expect(world.audit.events).toHaveLength(1);
  });

  test('leaves nothing behind where it cannot be put on record', async () => {
    const world = aWorld();
    const trust = createTrustCa({ ...world.resources, vendorCas: { ...world.vendorCas, put: lost } });
    await expect(trust(input, call)).rejects.toThrow('throttled');
    expect(world.trusted.size).toBe(0);
    expect(world.audit.events).toEqual([]);
  });

  test('is finished by the same command where AWS IoT failed at the end', async () => {
    const world = aWorld();
    const trust = createTrustCa({ ...world.resources, vendorCaAuthority: { ...world.vendorCaAuthority, setTrusted: lost } });
    await expect(trust(input, call)).rejects.toThrow('throttled');
    expect([...world.trusted.values()]).toEqual([false]);
    await world.trust(input, call);
    expect([...world.trusted.values()]).toEqual([true]);
    expect(world.audit.events).toHaveLength(1);
  });

  test('is refused for a line that there is not, for another line, and for what is no CA', async () => {
    const world = aWorld();
    await world.trust(input, call);
    await expect(world.trust({ ...input, line: aLine('valve') }, call)).rejects.toMatchObject({ code: 'ERR_INPUT' });
    await expect(world.trust({ ...input, line: aLine('gateway') }, call)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    const device = await anIDevId(vendor, 'SN-1');
    const expired = await aVendorCa({ notAfter: new Date(NOON) });
    for (const certificatePem of [device.pem, expired.pem, vendor.pem + vendor.pem, 'no PEM'])
      await expect(world.trust({ ...input, certificatePem }, call)).rejects.toMatchObject({ code: 'ERR_INPUT' });
  });

  test('is refused where somebody else registered it, or AWS IoT does not take it', async () => {
    for (const [outcome, code] of [
      ['foreign', 'ERR_CONFLICT'],
      ['invalid', 'ERR_INPUT'],
    ] as const) {
      const world = aWorld();
      const register = () => Promise.resolve({ outcome, why: 'because' });
      const trust = createTrustCa({ ...world.resources, vendorCaAuthority: { ...world.vendorCaAuthority, register } });
      await expect(trust(input, call)).rejects.toMatchObject({ code });
      expect(await world.vendorCas.list()).toEqual([]);
    }
  });

  test('says in a dry run what would be, and does nothing', async () => {
    const world = aWorld();
    expect((await world.trust(input, { ...call, isDryRun: true })).ca.id).toBe(idOf(vendor.pem));
    expect(world.trusted.size).toBe(0);
    expect(await world.vendorCas.list()).toEqual([]);
  });
});

describe('Trusting it no longer', () => {
  test('is on record first, then true at AWS IoT, and can be taken back', async () => {
    const world = aWorld();
    const { ca } = await world.trust(input, call);
    const distrust = { name: input.name, id: ca.id };
    const failing = createDistrustCa({ ...world.resources, vendorCaAuthority: { ...world.vendorCaAuthority, setTrusted: lost } });
    await expect(failing(distrust, call)).rejects.toThrow('throttled');
    expect((await world.vendorCas.read(ca.id))?.state).toBe('distrusted');
    await world.distrust(distrust, call);
    expect(world.trusted.get(ca.id)).toBe(false);
    await world.trust(input, { ...call, at: NOON + 1 });
    expect(world.trusted.get(ca.id)).toBe(true);
    expect(world.audit.events.map(({ code }) => code)).toEqual(['vendor-ca.trusted', 'vendor-ca.distrusted', 'vendor-ca.trusted']);
  });

  test('is not to be had for a CA of somebody else', async () => {
    const world = aWorld();
    const { ca } = await world.trust(input, call);
    const other = { name: z.parse(manufacturerName, 'other'), id: ca.id };
    await expect(world.distrust(other, call)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  });
});
