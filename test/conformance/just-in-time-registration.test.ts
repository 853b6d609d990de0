import {
  CreateTopicRuleCommand,
  DescribeCertificateCommand,
  RegisterCertificateCommand,
  UpdateCACertificateCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { makeAuthority } from '../local/iot/own-ca/test-authority.ts';
import { attempt } from './device-connections.ts';
import { assumed, documented } from './fact.ts';
import { JustInTimeWorld } from './just-in-time-world.ts';

let world: JustInTimeWorld;
beforeAll(async () => {
  world = await JustInTimeWorld.start();
});
afterAll(() => world.stop());

const guide = 'IoT developer guide, "Just-in-time registration"';
const caGuide = 'IoT developer guide, "Manage your CA certificates"';

describe('A certificate that nobody registered, of an authority with auto registration', () => {
  documented(guide, 'is registered as PENDING_ACTIVATION by its first connection, which is closed', async () => {
    const authority = await world.authority();
    const device = await authority.issue();
    expect(await attempt(world.aws, device, { clientId: 'lamp-1' })).toBe('closed');
    const { certificateDescription } = await world.iot.send(new DescribeCertificateCommand({ certificateId: device.id }));
    expect(certificateDescription).toMatchObject({
      ...{ status: 'PENDING_ACTIVATION', caCertificateId: authority.id, certificateMode: 'SNI_ONLY' },
      certificatePem: expect.stringContaining('BEGIN CERTIFICATE') as string,
    });
  });

  documented(guide, 'is announced on $aws/events/certificates/registered/<caCertificateId>, each time that it is presented', async () => {
    const authority = await world.authority();
    const device = await authority.issue();
    const expected = {
      certificateId: device.id,
      caCertificateId: authority.id,
      timestamp: world.clock.now(),
      certificateStatus: 'PENDING_ACTIVATION',
      awsAccountId: world.aws.account.accountId,
      certificateRegistrationTimestamp: expect.any(String) as string,
    };
    await attempt(world.aws, device, { clientId: 'lamp-2' });
    await world.settled();
    expect(world.announcements(authority.id).map(({ body }) => body)).toEqual([expected]);
    await attempt(world.aws, device, { clientId: 'lamp-2', protocolVersion: 5 });
    await world.settled();
    expect(world.announcements(authority.id)).toHaveLength(2);
  });

  documented(guide, 'lets its device in once somebody has activated it', async () => {
    const device = await (await world.authority()).issue();
    expect(await attempt(world.aws, device, { clientId: 'lamp-3' })).toBe('closed');
    await world.allow(device.id);
    expect(await attempt(world.aws, device, { clientId: 'lamp-3' })).toBe('closed');
    await world.iot.send(new UpdateCertificateCommand({ certificateId: device.id, newStatus: 'ACTIVE' }));
    expect(await attempt(world.aws, device, { clientId: 'lamp-3' })).toBe('accepted');
  });

  documented(guide, 'tells topic rules the client id of its device, and its own id as the principal', async () => {
    const authority = await world.authority();
    const roleArn = await world.role('republisher', 'publishes');
    await world.iot.send(
      new CreateTopicRuleCommand({
        ruleName: 'jitr',
        topicRulePayload: {
          sql: `SELECT certificateId, clientid() AS clientid, principal() AS principal FROM '$aws/events/certificates/registered/${authority.id}'`,
          actions: [{ republish: { roleArn, topic: 'seen/jitr', qos: 1 } }],
        },
      }),
    );
    const device = await authority.issue();
    await attempt(world.aws, device, { clientId: 'lamp-4' });
    await world.aws.services.iot.rulesIdle();
    await world.settled();
    const seen = world.messages.find(({ topic }) => topic === 'seen/jitr');
    expect(seen?.body).toEqual({ certificateId: device.id, clientid: 'lamp-4', principal: device.id });
  });

  documented(guide, 'is not registered by a connection without SNI', async () => {
    const device = await (await world.authority()).issue();
    expect(await attempt(world.aws, device, { clientId: 'lamp-5', serverName: undefined })).toBe('closed');
    expect(await world.statusOf(device.id)).toBeUndefined();
  });

  documented(guide, 'needs no authority to be presented beside it, and may come with it', async () => {
    const authority = await world.authority();
    const device = await authority.issue();
    await attempt(world.aws, { ...device, cert: `${device.cert}\n${authority.cert}` }, { clientId: 'lamp-6' });
    expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
  });

  documented(
    'General Reference, AWS IoT Core quotas',
    'is not registered when fifteen were within the same second, but later',
    async () => {
      const authority = await world.authority();
      world.clock.advance(1000);
      const devices = await Promise.all(Array.from({ length: 16 }, () => authority.issue()));
      for (const device of devices) await attempt(world.aws, device, { clientId: 'lamp-7' });
      const statuses = await Promise.all(devices.map(({ id }) => world.statusOf(id)));
      expect(statuses.filter((status) => status === 'PENDING_ACTIVATION')).toHaveLength(15);
      expect(statuses.at(-1)).toBeUndefined();
      world.clock.advance(1000);
      await attempt(world.aws, devices[15] ?? { cert: '', key: '' }, { clientId: 'lamp-7' });
      expect(await world.statusOf(devices[15]?.id ?? '')).toBe('PENDING_ACTIVATION');
    },
  );
});

describe('A certificate is not registered', () => {
  documented(caGuide, 'while its authority is inactive', async () => {
    const authority = await world.authority({ setAsActive: false });
    const device = await authority.issue();
    await attempt(world.aws, device, { clientId: 'lamp-8' });
    expect(await world.statusOf(device.id)).toBeUndefined();
    await world.iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, newStatus: 'ACTIVE' }));
    await attempt(world.aws, device, { clientId: 'lamp-8' });
    expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
  });

  documented(guide, 'while its authority has no auto registration', async () => {
    const authority = await world.authority({ allowAutoRegistration: false });
    const device = await authority.issue();
    await attempt(world.aws, device, { clientId: 'lamp-9' });
    expect(await world.statusOf(device.id)).toBeUndefined();
    await world.iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, newAutoRegistrationStatus: 'ENABLE' }));
    await attempt(world.aws, device, { clientId: 'lamp-9' });
    expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
  });

  documented(guide, 'when only the name of its issuer is that of an authority', async () => {
    await world.authority({}, { name: 'CN=Genuine' });
    const impostor = await makeAuthority({ name: 'CN=Genuine' });
    const device = await impostor.issue();
    expect(await attempt(world.aws, { ...device, cert: `${device.cert}\n${impostor.cert}` }, { clientId: 'lamp-10' })).toBe('closed');
    expect(await world.statusOf(device.id)).toBeUndefined();
  });

  assumed('just-in-time.registers-invalid', 'when it has expired or is not valid yet', async () => {
    const authority = await world.authority();
    const expired = await authority.issue({ notAfter: new Date('2021-01-01T00:00:00Z') });
    const early = await authority.issue({ notBefore: new Date('2048-01-01T00:00:00Z') });
    for (const device of [expired, early]) {
      expect(await attempt(world.aws, device, { clientId: 'lamp-11' })).toBe('closed');
      expect(await world.statusOf(device.id)).toBeUndefined();
    }
  });
});

describe('What is assumed about certificates that register themselves', () => {
  assumed('just-in-time.message-qos', 'they are announced at QoS 1', async () => {
    const authority = await world.authority();
    await attempt(world.aws, await authority.issue(), { clientId: 'lamp-12' });
    await world.settled();
    expect(world.announcements(authority.id)).toMatchObject([{ qos: 1 }]);
  });

  assumed('just-in-time.registration-timestamp', 'the time of registration is the text of milliseconds, and stays', async () => {
    const authority = await world.authority();
    const device = await authority.issue();
    const registeredAt = world.clock.now();
    await attempt(world.aws, device, { clientId: 'lamp-13' });
    world.clock.advance(5);
    await attempt(world.aws, device, { clientId: 'lamp-13' });
    await world.settled();
    const times = world.announcements(authority.id).map(({ body }) => [body['certificateRegistrationTimestamp'], body['timestamp']]);
    expect(times).toEqual([
      [String(registeredAt), registeredAt],
      [String(registeredAt), registeredAt + 5],
    ]);
  });

  assumed('just-in-time.ambiguous-authority', 'the first of several registered certificates of one authority counts', async () => {
    const first = await world.authority({}, { name: 'CN=Renewed' });
    const second = await world.authority({}, { name: 'CN=Renewed', keys: first.keys });
    const device = await second.issue();
    await attempt(world.aws, device, { clientId: 'lamp-14' });
    const { certificateDescription } = await world.iot.send(new DescribeCertificateCommand({ certificateId: device.id }));
    expect(certificateDescription?.caCertificateId).toBe(first.id);
  });

  assumed('just-in-time.log-event-type', 'the log says that they were registered, or why not', async () => {
    const authority = await world.authority();
    const device = await authority.issue();
    const expired = await authority.issue({ notAfter: new Date('2021-01-01T00:00:00Z') });
    for (const each of [device, expired]) await attempt(world.aws, each, { clientId: 'lamp-15' });
    const entries = world.log.filter(({ eventType }) => eventType === 'RegisterDeviceCertificate');
    const entryOf = (certificateId: string) => entries.find((entry) => entry['principalId'] === certificateId);
    expect(entryOf(device.id)).toMatchObject({ status: 'Success', clientId: 'lamp-15' });
    expect(entryOf(expired.id)).toMatchObject({ status: 'Failure', details: expect.stringContaining('validity') as string });
  });

  assumed(
    'certificate.other-states-log-as',
    'a connection with a certificate that awaits its activation is logged as inactive',
    async () => {
      const device = await (await world.authority()).issue();
      await attempt(world.aws, device, { clientId: 'lamp-16' });
      await attempt(world.aws, device, { clientId: 'lamp-16' });
      const reasons = world.log.filter((entry) => entry['clientId'] === 'lamp-16' && entry.eventType === 'Connection.AuthNError');
      expect(reasons.map((entry) => entry['reason'])).toEqual(['DEVICE_CERTIFICATE_NOT_REGISTERED', 'DEVICE_CERTIFICATE_INACTIVE']);
    },
  );
});

documented('API reference, RegisterCertificate', 'A certificate registered by hand is never announced', async () => {
  const authority = await world.authority();
  const device = await authority.issue();
  await world.iot.send(new RegisterCertificateCommand({ certificatePem: device.cert, status: 'INACTIVE' }));
  await attempt(world.aws, device, { clientId: 'lamp-17' });
  await world.settled();
  expect(world.announcements(authority.id)).toEqual([]);
});
