import { type BehaviourCapture, createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import type { IotMessage } from '../../../../local/iot/connection.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import type { IotLogEvent } from '../../../../local/iot/events/iot-log.ts';
import { createJustInTime, type JustInTimeSettings } from '../../../../local/iot/just-in-time/create-just-in-time.ts';
import { unlimitedRoles } from '../../../../local/iot/service-roles.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { type CertificateWishes, makeAuthority, type TestAuthority } from '../own-ca/test-authority.ts';

const delayMs = 2000;

const roleArn = 'arn:aws:iam::123456789012:role/provisioning';

const thingTemplate = JSON.stringify({
  Parameters: { 'AWS::IoT::Certificate::CommonName': { Type: 'String' } },
  Resources: {
    thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' }, ThingTypeName: 'lamp' } },
    certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } },
  },
});

const setUp = (capture: BehaviourCapture = {}, settings: JustInTimeSettings = {}) => {
  const clock = new ManualClock(testStartMs);
  const behaviour = createBehaviour(capture);
  const plane = createIotControlPlane({ account: testAccount, clock, behaviour });
  const messages: IotMessage[] = [];
  const log: IotLogEvent[] = [];
  const justInTime = createJustInTime({
    ...{ account: testAccount, clock, behaviour, settings, registry: plane.registry, templates: plane.provisioning },
    ...{ controlPlane: plane.client, roles: unlimitedRoles },
    broker: () => ({
      publish: (message) => {
        messages.push(message);
        return Promise.resolve();
      },
    }),
    log: (event) => log.push(typeof event === 'function' ? event() : event),
  });
  const call = plane.client.call.bind(plane.client);
  const authority = async (input: Readonly<Record<string, unknown>> = {}, wishes: CertificateWishes = {}): Promise<TestAuthority> => {
    const made = await makeAuthority(wishes);
    const flags = { certificateMode: 'SNI_ONLY', setAsActive: true, allowAutoRegistration: true };
    await call('RegisterCACertificate', { caCertificate: made.cert, ...flags, ...input });
    return made;
  };
  const present = (certificateDer: Buffer, serverName: string | undefined = 'endpoint'): void => {
    justInTime.presented({ certificateDer, serverName, clientId: 'lamp', sourceIp: '127.0.0.1', sourcePort: 1 });
  };
  /** Lets a template that has begun come to its end. */
  const provisioned = async (): Promise<void> => {
    clock.advance(delayMs);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const statusOf = (id: string) => plane.registry.certificates.get(id)?.status;
  return { clock, plane, call, messages, log, authority, present, provisioned, statusOf };
};

describe('a captured behaviour of just-in-time registration', () => {
  test('may write the time of registration as ISO 8601, at QoS 0', async () => {
    const { authority, present, messages } = setUp({ 'just-in-time.registration-timestamp': 'iso', 'just-in-time.message-qos': 0 });
    present((await (await authority()).issue()).der);
    expect(messages).toMatchObject([{ qos: 0, retain: false }]);
    expect(JSON.parse(String(messages[0]?.payload))).toMatchObject({
      ...{ certificateRegistrationTimestamp: new Date(testStartMs).toISOString(), timestamp: testStartMs },
    });
  });

  test('may register certificates outside their validity', async () => {
    const { authority, present, statusOf } = setUp({ 'just-in-time.registers-invalid': true });
    const device = await (await authority()).issue({ notAfter: new Date('2021-01-01T00:00:00Z') });
    present(device.der);
    expect(statusOf(device.id)).toBe('PENDING_ACTIVATION');
  });

  test('may register nothing when two authorities have the signing key', async () => {
    const { authority, present, statusOf } = setUp({ 'just-in-time.ambiguous-authority': 'none' });
    const first = await authority({}, { name: 'CN=Twin' });
    const device = await first.issue();
    await authority({}, { name: 'CN=Twin', keys: first.keys });
    present(device.der);
    expect(statusOf(device.id)).toBeUndefined();
  });

  test('may announce what a template provisions, take the last of several values, and need no time', async () => {
    const { authority, present, messages, provisioned, plane, call } = setUp({
      ...{ 'just-in-time.provisioning-announces': true, 'just-in-time.repeated-attribute': 'last' },
      'just-in-time.provisioning-delay-ms': 0,
    });
    await call('CreateThingType', { thingTypeName: 'lamp' });
    const signer = await authority({ registrationConfig: { templateBody: thingTemplate, roleArn } });
    present((await signer.issue({ name: [{ CN: ['first'] }, { CN: ['last'] }] })).der);
    expect(messages).toHaveLength(1);
    await provisioned();
    expect([...plane.registry.things.keys()]).toEqual(['last']);
  });

  test('may try a failed template again, but not while it is at work', async () => {
    const { authority, present, provisioned, statusOf, call, log } = setUp({ 'just-in-time.failure-is-retried': true });
    const signer = await authority({ registrationConfig: { templateBody: thingTemplate, roleArn } });
    const device = await signer.issue({ name: 'CN=lamp-1' });
    present(device.der);
    present(device.der);
    await provisioned();
    const outcomes = () => log.filter(({ eventType }) => eventType === 'ProvisionDevice').map(({ status }) => status);
    expect(outcomes()).toEqual(['Failure']);
    expect(statusOf(device.id)).toBe('PENDING_ACTIVATION');
    await call('CreateThingType', { thingTypeName: 'lamp' });
    present(device.der);
    await provisioned();
    expect(outcomes()).toEqual(['Failure', 'Success']);
    expect(statusOf(device.id)).toBe('ACTIVE');
  });
});

describe('just-in-time registration', () => {
  test('takes any rate when it is told so, and the rate that it is told', async () => {
    for (const [rate, registered] of [
      ['off', 20],
      [3, 3],
    ] as const) {
      const { authority, present, plane } = setUp({}, { deviceRegistrationsPerSecond: rate });
      const signer = await authority();
      for (let count = 0; count < 20; count++) present((await signer.issue()).der);
      expect(plane.registry.certificates.size).toBe(registered);
    }
  });

  test('pays no attention to certificates that are not its own, and to what is none', async () => {
    const { authority, present, plane, log, messages, call } = setUp();
    await authority();
    present((await (await makeAuthority()).issue()).der);
    present(Buffer.from('no certificate'));
    const { cert, der } = await (await makeAuthority()).issue();
    await call('RegisterCertificateWithoutCA', { certificatePem: cert });
    present(der);
    expect([log, messages, plane.registry.certificates.size]).toEqual([[], [], 1]);
  });

  test('does not trust an authority that has expired since it was registered', async () => {
    const { authority, present, plane, clock } = setUp();
    const signer = await authority({}, { notAfter: new Date(testStartMs + 1000) });
    clock.advance(1001);
    present((await signer.issue()).der);
    expect(plane.registry.certificates.size).toBe(0);
  });

  test('announces a pending certificate no more when its authority is inactive or gone', async () => {
    const { authority, present, messages, call } = setUp();
    const signer = await authority();
    const device = await signer.issue();
    present(device.der);
    await call('UpdateCACertificate', { certificateId: signer.id, newStatus: 'INACTIVE' });
    present(device.der);
    await call('DeleteCACertificate', { certificateId: signer.id });
    present(device.der);
    expect(messages).toHaveLength(1);
  });
});

describe('just-in-time provisioning', () => {
  test('fails when its template was deleted meanwhile, and says so in the log', async () => {
    const { authority, present, provisioned, call, log, statusOf } = setUp();
    const template = { templateName: 'lamps', templateBody: thingTemplate, type: 'JITP', enabled: true, provisioningRoleArn: roleArn };
    await call('CreateProvisioningTemplate', template);
    const signer = await authority({ registrationConfig: { templateName: 'lamps' } });
    const device = await signer.issue();
    present(device.der);
    await call('DeleteProvisioningTemplate', { templateName: 'lamps' });
    await provisioned();
    expect(log.at(-1)).toMatchObject({
      ...{ eventType: 'ProvisionDevice', status: 'Failure', provisioningTemplateName: 'lamps' },
      details: expect.stringContaining('no template lamps') as string,
    });
    expect(statusOf(device.id)).toBe('PENDING_ACTIVATION');
  });

  test.each([
    ['deactivated', ['UpdateCertificate', { newStatus: 'INACTIVE' }]],
    ['deleted', ['DeleteCertificate', {}]],
  ] as const)('makes nothing when an operator has %s the certificate meanwhile', async (_what, [operation, input]) => {
    const { authority, present, provisioned, call, plane, log, statusOf } = setUp();
    await call('CreateThingType', { thingTypeName: 'lamp' });
    const signer = await authority({ registrationConfig: { templateBody: thingTemplate, roleArn } });
    const device = await signer.issue({ name: 'CN=lamp-2' });
    present(device.der);
    await call(operation, { certificateId: device.id, ...input });
    await provisioned();
    expect(log.at(-1)).toMatchObject({ eventType: 'ProvisionDevice', status: 'Failure' });
    expect(statusOf(device.id)).toBe(operation === 'DeleteCertificate' ? undefined : 'INACTIVE');
    expect(plane.registry.things.size).toBe(0);
  });
});
