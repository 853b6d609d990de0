import { beforeEach, describe, expect, test } from '@jest/globals';
import { ProvisioningWorld } from './provisioning-world.ts';

const hourMs = 60 * 60_000;

describe('a certificate ownership token', () => {
  let world: ProvisioningWorld;
  beforeEach(() => {
    world = new ProvisioningWorld();
  });

  test('is good for one hour', async () => {
    const certificateOwnershipToken = await world.token();
    world.clock.advance(hourMs - 1);
    expect((await world.provision({ certificateOwnershipToken })).topic).toMatch(/accepted$/);
  });

  test('takes its pending certificate with it when it expires', async () => {
    await world.token();
    world.clock.advance(hourMs);
    expect(world.registry.statuses.size).toBe(0);
  });

  test('leaves an activated certificate alone when it expires', async () => {
    await world.provision();
    world.clock.advance(hourMs);
    expect([...world.registry.statuses.values()]).toEqual(['ACTIVE']);
  });

  test('leaves a certificate alone that something is attached to', async () => {
    await world.token();
    for (const certificateId of world.registry.statuses.keys()) world.registry.attached.add(certificateId);
    world.clock.advance(hourMs);
    expect(world.registry.statuses.size).toBe(1);
  });

  test('differs every time', async () => {
    expect(await world.token()).not.toBe(await world.token());
  });

  test('redeems its own certificate, not the latest', async () => {
    const certificateOwnershipToken = await world.token();
    const [first] = [...world.registry.statuses.keys()];
    await world.token();
    await world.provision({ certificateOwnershipToken });
    expect(world.registry.statuses.get(String(first))).toBe('ACTIVE');
    expect([...world.registry.statuses.values()].filter((status) => status === 'ACTIVE')).toHaveLength(1);
  });
});
