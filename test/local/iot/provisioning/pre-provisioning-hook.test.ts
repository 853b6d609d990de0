import { beforeEach, describe, expect, test } from '@jest/globals';
import { ProvisioningWorld, simpleTemplate } from './provisioning-world.ts';

describe('the pre-provisioning hook', () => {
  let world: ProvisioningWorld;
  beforeEach(() => {
    world = new ProvisioningWorld();
    world.addTemplate('lamps', simpleTemplate, { hasHook: true });
  });

  const answer = (payload: unknown): void => {
    world.hook = () => Promise.resolve({ outcome: 'returned', payload });
  };

  test('is told claim, certificate, template, client id and parameters, and nothing else', async () => {
    await world.provision({ parameters: { SerialNumber: 'S1', Extra: 'e' } });
    const [certificateId] = [...world.registry.statuses.keys()];
    expect(world.invocations[0]?.payload).toEqual({
      claimCertificateId: 'claim-certificate',
      certificateId,
      certificatePem: 'PEM 1',
      templateArn: 'arn:aws:iot:eu-west-1:123456789012:provisioningtemplate/lamps',
      clientId: 'claim-1',
      parameters: { SerialNumber: 'S1', Extra: 'e' },
    });
  });

  test('is called by AWS IoT on behalf of the template and the account', async () => {
    await world.provision();
    expect(world.invocations[0]).toMatchObject({
      functionArn: 'arn:hook',
      principal: 'iot.amazonaws.com',
      sourceArn: 'arn:aws:iot:eu-west-1:123456789012:provisioningtemplate/lamps',
      sourceAccount: '123456789012',
    });
  });

  test('is called before anything is made', async () => {
    world.hook = () => {
      expect(world.controlPlane.calls).toEqual([]);
      return Promise.resolve({ outcome: 'returned', payload: { allowProvisioning: true } });
    };
    expect((await world.provision()).topic).toMatch(/accepted$/);
  });

  test('is not called for a token that is not good', async () => {
    await world.provision({ certificateOwnershipToken: 'garbage' });
    expect(world.invocations).toEqual([]);
  });

  test('adds and overrides parameters', async () => {
    answer({ allowProvisioning: true, parameterOverrides: { SerialNumber: 'S2' } });
    expect((await world.provision()).body['thingName']).toBe('lamp-S2');
    expect((await world.provision({ parameters: {} })).body['thingName']).toBe('lamp-S2');
  });

  test('may leave the overrides out, and may say more than is asked', async () => {
    answer({ allowProvisioning: true, comment: 'welcome' });
    expect((await world.provision()).topic).toMatch(/accepted$/);
  });

  test('has five seconds: 4,999 ms are enough', async () => {
    world.hook = () => {
      world.clock.advance(4999);
      return Promise.resolve({ outcome: 'returned', payload: { allowProvisioning: true } });
    };
    expect((await world.provision()).topic).toMatch(/accepted$/);
  });

  test('when it breaks after its time is up, breaks nothing else', async () => {
    const late = Promise.withResolvers<never>();
    world.hook = () => {
      queueMicrotask(() => {
        world.clock.advance(5000);
      });
      return late.promise;
    };
    expect((await world.provision()).body['statusCode']).toBe(403);
    late.reject(new Error('late'));
    await Promise.resolve();
  });

  test('tells the log, not the device, why it failed', async () => {
    world.hook = () => Promise.resolve({ outcome: 'failed', errorType: 'TypeError', errorMessage: 'x is not a function' });
    const { body } = await world.provision();
    expect(JSON.stringify(body)).not.toContain('TypeError');
    expect(world.log.at(-1)?.['details']).toContain('TypeError: x is not a function');
  });
});
