import { ProvisioningWorld } from './provisioning-world.ts';

/** The world of all tests of a file. Each test begins in a new second, so that none is throttled by the one before. */
export const startProvisioning = async (): Promise<ProvisioningWorld> => {
  const world = await ProvisioningWorld.start();
  afterAll(() => world.stop());
  beforeEach(() => {
    world.clock.advance(1000);
  });
  return world;
};
