import { MAX_FORMER_OWNERS, transfer } from '../../../../domain/changes/transfer.ts';
import { PSK_REQUIREMENT } from '../../../../approaches/psk/evidence/requirement.ts';
import { refusalOfEnrollment } from '../../../../domain/admission/device-judgement.ts';
import { type Enrollment, without } from '../../../../domain/enrollment.ts';
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
const give = async ({ as }: World, to = globex, more: { readonly keepsProof?: true } = {}) => {
  await as('operator', ANN)
    .call(devicesTransfer, { serialNumber, to, ...more })
    .catch(() => undefined);
  return as('security', BEN).call(devicesTransfer, { serialNumber, to, ...more });
};

const isBarred = (enrollment: Enrollment | undefined): string | undefined =>
  enrollment && refusalOfEnrollment(enrollment, { line: enrollment.line, serialNumber, approach: enrollment.approach });

const inOrder = [
  ...['look what is attached', 'deactivate', 'deactivate', 'end', 'look what is attached', 'remove', 'remove', 'remove the thing'],
];

describe('Giving a device to another tenant', () => {
  test('deletes what it had for the former one, and lets it come in again as if nobody had seen it', async () => {
    const world = await aWorld(active({ requirement: {}, rotateAt: NOON, credentialSince: NOON, failedRotations: 1 }));
    const { outcome, device } = await give(world);
    expect({ outcome, ...device }).toMatchObject({
      ...{ outcome: 'changed', tenant: 'globex', state: 'registered', certificates: [], toRetire: [] },
      formerOwners: [{ tenant: 'acme', until: NOON }],
    });
    expect([world.cloud.certificates.size, world.cloud.attached.size, world.cloud.groups.membersOf('muster-tenant-acme').size]).toEqual([
      0, 0, 0,
    ]);
    const kept = await world.read(active());
    for (const field of ['boundKey', 'certificateInUse', 'isChangingHands', 'rotateAt', 'credentialSince', 'failedRotations'])
      expect(kept).not.toHaveProperty(field);
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
      expect(isBarred(await world.read(active()))).toBe('proof-withdrawn');
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
    const wishes = { to: globex, keepsProof: true, succession: undefined, namedKeys: [] };
    expect(transfer(active({ formerOwners }), stamp, wishes).outcome).toBe('impossible');
  });

  test('rules the keys out that a former owner may have copied', async () => {
    for (const requirement of [{}, { pinnedKey: aKey('device') }, { codeKey }])
      expect((await give(await aWorld(active({ requirement })))).device.evidence?.refusedKeys).toEqual([aKey('device')]);
  });

  test.each([
    ['a pinned key', { pinnedKey: aKey('device') }],
    ['a secret', { deviceSecret: codeKey }],
    ['a code, be it unused', { codeKey }],
    ['what nobody knows', { rune: 'ᚠ' }],
  ])('lets nobody in by %s any more, until it is said what the device must prove now', async (_, requirement) => {
    const world = await aWorld(active({ requirement }));
    expect((await give(world)).device).toMatchObject({ awaitsProof: true });
    expect(isBarred(await world.read(active()))).toBe('proof-withdrawn');
  });

  test('lets nobody in by a key of OAuth any more, nor by a token of an issuer', async () => {
    for (const requirement of [{ publicKey: 'AAAA' }, { issuer: 'https://issuer.example', subject: 'SN-1' }]) {
      const device = active({ approach: 'oauth', requirement, certificates: [] });
      expect((await give(await aWorld(device))).device).toMatchObject({ awaitsProof: true });
    }
  });

  test('has a device whose key derives from its names come in by other keys, owner after owner', async () => {
    const device = active({ approach: 'psk', requirement: PSK_REQUIREMENT, certificates: [] });
    const world = await aWorld(device);
    expect((await give(world)).device).toMatchObject({ firstKeyVersion: 10_001 });
    expect(isBarred(await world.read(device))).toBeUndefined();
    expect((await give(world, aTenant('acme'))).device).toMatchObject({ firstKeyVersion: 20_001 });
    expect((await give(world, globex, { keepsProof: true })).device).toMatchObject({ firstKeyVersion: 20_001 });
  });

  test('leaves a device what it proves itself by where two people say so, which stands on record', async () => {
    const world = await aWorld();
    const { device } = await give(world, globex, { keepsProof: true });
    expect(device).toMatchObject({ tenant: 'globex', evidence: { refusedKeys: [] } });
    expect(device).not.toHaveProperty('awaitsProof');
    expect(isBarred(await world.read(active()))).toBeUndefined();
    expect(world.audit.events.map(({ code }) => code)).toContain('device.transferred-with-proof');
  });

  test('is not kept waiting for by the other wish: whoever leaves it what it proves did not agree to withdraw it', async () => {
    const world = await aWorld();
    const ask = { serialNumber, to: globex };
    await expect(world.as('operator', ANN).call(devicesTransfer, { ...ask, keepsProof: true })).rejects.toMatchObject({
      code: 'ERR_WAITING_FOR_SECOND',
    });
    await expect(world.as('security', BEN).call(devicesTransfer, ask)).rejects.toMatchObject({ code: 'ERR_WAITING_FOR_SECOND' });
  });

  test('leaves a device nothing that somebody was told', async () => {
    for (const requirement of [{}, { codeKey }])
      await expect(give(await aWorld(active({ requirement })), globex, { keepsProof: true })).rejects.toThrow(/--keep-proof/);
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

describe('A device whose proof was withdrawn', () => {
  const until = NOON + 3_600_000;
  const given = async (more: Partial<Enrollment> = {}) => {
    const world = await aWorld(active(more));
    await give(world);
    return world;
  };

  test('may come in by what an operator says it must prove now, for as long as it takes', async () => {
    const world = await given({ line: aLine('gateway') });
    const wish = { serialNumber, until, requirement: { pinnedKey: aKey('another') } };
    const { device } = await world.as('operator').call(devicesReadmit, wish);
    expect(device).toMatchObject({ state: 'registered', evidence: { details: { pinnedKey: aKey('another') } } });
    for (const field of ['awaitsProof', 'readmission']) expect({ ...device, ...device.evidence }).not.toHaveProperty(field);
    expect(isBarred(await world.read(active({ line: aLine('gateway') })))).toBeUndefined();
  });

  test('does not by what it proved for its former owner, by less than that, nor by nothing', async () => {
    const world = await given();
    const as = (requirement?: Enrollment['requirement']) =>
      world.as('operator').call(devicesReadmit, { serialNumber, until, ...(requirement === undefined ? {} : { requirement }) });
    await expect(as({ pinnedKey: aKey('device') })).rejects.toThrow(/for its former owner/);
    await expect(as({ codeKey })).rejects.toThrow(/less than/);
    await expect(as()).rejects.toThrow(/--proof/);
    expect(isBarred(await world.read(active()))).toBe('proof-withdrawn');
  });

  test('does not by a key of a former owner, however it is named and whoever owned it since', async () => {
    const [former, next, last] = ['Zm9ybWVy', 'bmV4dA==', 'bGFzdA=='] as const;
    const device = active({ approach: 'oauth', requirement: { publicKey: former }, certificates: [], state: 'registered' });
    const world = await aWorld(without(device, 'boundKey', 'certificateInUse'));
    const register = (requirement: Enrollment['requirement']) =>
      world.as('operator').call(devicesReadmit, { serialNumber, until, requirement });
    await give(world);
    await expect(register({ publicKey: next, nextPublicKey: former })).rejects.toThrow(/for its former owner/);
    expect((await register({ publicKey: next })).device).not.toHaveProperty('awaitsProof');
    await give(world, aTenant('acme'));
    for (const publicKey of [former, next]) await expect(register({ publicKey })).rejects.toThrow(/for its former owner/);
    expect((await register({ publicKey: last })).device).not.toHaveProperty('awaitsProof');
  });

  test('stays out for another owner, whom it was given to meanwhile, even where that one would keep it', async () => {
    const world = await given();
    expect((await give(world, aTenant('acme'), { keepsProof: true })).device).toMatchObject({ awaitsProof: true });
  });

  test('is refused for being taken out of service once it is, and only for that', () => {
    for (const [state, reason] of [
      ['decommissioned', 'decommissioned'],
      ['revoked', 'revoked'],
      ['quarantined', 'proof-withdrawn'],
    ] as const)
      expect(isBarred(active({ state, awaitsProof: true }))).toBe(reason);
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
