import { synthesize } from '../setup/app.ts';
import { policyNamed, said } from './intents.ts';

const OWN = 'muster/things/${iot:Connection.Thing.ThingName}/*';

describe('A device of a line that shares nothing', () => {
  const policy = policyNamed(synthesize().records, 'muster-device-sensor');

  test('may connect under the name of its thing and under no other', () => {
    expect(said(policy, 'Allow', 'iot:Connect')).toEqual(['client/${iot:Connection.Thing.ThingName}']);
  });

  test('may publish below its own root and nowhere else', () => {
    expect(said(policy, 'Allow', 'iot:Publish')).toEqual([`topic/${OWN}`]);
  });

  test('may listen below its own root and nowhere else', () => {
    expect(said(policy, 'Allow', 'iot:Receive')).toEqual([`topic/${OWN}`]);
    expect(said(policy, 'Allow', 'iot:Subscribe')).toEqual([`topicfilter/${OWN}`]);
  });
});

describe('Devices of a line and a tenant that share topics', () => {
  const { records } = synthesize({
    configuration: {
      lines: [
        {
          name: 'pump',
          sharedTopics: [{ topic: 'firmware' }, { topic: 'alerts/fire', publish: true, reason: 'pumps warn each other of a fire' }],
        },
      ],
      tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }, { name: 'umbrella' }],
    },
  });
  const device = policyNamed(records, 'muster-device-pump');
  const tenant = policyNamed(records, 'muster-tenant-acme');

  test('may listen to what the line shares', () => {
    expect(said(device, 'Allow', 'iot:Receive')).toEqual([
      `topic/${OWN}`,
      'topic/muster/lines/pump/firmware',
      'topic/muster/lines/pump/alerts/fire',
    ]);
  });

  test('may publish only where the configuration says so and why', () => {
    expect(said(device, 'Allow', 'iot:Publish')).toEqual([`topic/${OWN}`, 'topic/muster/lines/pump/alerts/fire']);
  });

  test('may listen to what their tenant shares, by a policy on its group', () => {
    expect(said(tenant, 'Allow', 'iot:Subscribe')).toEqual(['topicfilter/muster/tenants/acme/notices']);
    expect(said(tenant, 'Allow', 'iot:Publish')).toEqual([]);
  });

  test('of a tenant that shares nothing get no policy by its group', () => {
    expect(() => policyNamed(records, 'muster-tenant-umbrella')).toThrow('no policy');
  });
});
