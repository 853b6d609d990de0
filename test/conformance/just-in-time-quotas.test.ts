import { documented } from './fact.ts';
import { attempt } from './device-connections.ts';
import { eventually, JustInTimeWorld } from './just-in-time-world.ts';

let world: JustInTimeWorld;
beforeAll(async () => {
  world = await JustInTimeWorld.start({});
});
afterAll(() => world.stop());

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }] };

const templateBody = JSON.stringify({
  Resources: {
    certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: policy } },
  },
});

documented(
  'IoT developer guide, "Just-in-time provisioning"',
  'Calls of just-in-time provisioning may exceed the account’s quotas, and are throttled',
  async () => {
    const roleArn = await world.role('registers-things');
    const authority = await world.authority({ registrationConfig: { templateBody, roleArn } });
    const devices = await Promise.all(Array.from({ length: 12 }, () => authority.issue()));
    for (const device of devices) await attempt(world.aws, device, { clientId: 'wave' });
    world.clock.advance(2000);
    const outcomes = await eventually(() => {
      const entries = world.log.filter(({ eventType }) => eventType === 'ProvisionDevice');
      return entries.length === devices.length ? entries : undefined;
    });
    const failures = outcomes.filter(({ status }) => status === 'Failure');
    // Ten calls of CreatePolicy per second.
    expect(failures).toHaveLength(2);
    expect(failures).toMatchObject([{ details: expect.stringContaining('ThrottlingException') as string }, {}]);
  },
);
