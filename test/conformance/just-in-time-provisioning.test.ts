import {
  CreatePolicyCommand,
  CreateProvisioningTemplateCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeThingCommand,
  ListAttachedPoliciesCommand,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  UpdateCACertificateCommand,
  UpdateCertificateCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import type { IssuedIdentity, TestAuthority } from '../local/iot/own-ca/test-authority.ts';
import { attempt } from './device-connections.ts';
import { assumed, documented } from './fact.ts';
import { eventually, JustInTimeWorld } from './just-in-time-world.ts';

const guide = 'IoT developer guide, "Just-in-time provisioning"';

let world: JustInTimeWorld;
let roleArn: string;
beforeAll(async () => {
  world = await JustInTimeWorld.start();
  roleArn = await world.role('registers-things');
  await world.iot.send(new CreateThingTypeCommand({ thingTypeName: 'lamp' }));
  await world.iot.send(new CreateThingGroupCommand({ thingGroupName: 'DE' }));
});
afterAll(() => world.stop());

const parameter = (name: string) => `AWS::IoT::Certificate::${name}`;

const ref = (name: string) => ({ Ref: parameter(name) });

const declaring = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [parameter(name), { Type: 'String' }]));

const certificate = { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: ref('Id'), Status: 'ACTIVE' } };

const connectPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }] });

const lampTemplate = JSON.stringify({
  Parameters: declaring('CommonName', 'SerialNumber', 'Country', 'Id'),
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: ref('CommonName'),
        AttributePayload: { version: 'v1', serialNumber: ref('SerialNumber') },
        ThingTypeName: 'lamp',
        ThingGroups: [ref('Country')],
      },
    },
    certificate,
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: connectPolicy } },
  },
});

/** An authority whose certificates that template provisions. */
const provisioningAuthority = (templateBody: string = lampTemplate): Promise<TestAuthority> =>
  world.authority({ registrationConfig: { templateBody, roleArn } });

const lamp = (name: string) => ({ name: [{ CN: [name] }, { C: ['DE'] }, { '2.5.4.5': ['S-1'] }] });

/** Connects once, lets the service take its time and waits for what it says of it. */
const provision = async (device: IssuedIdentity, clientId = 'lamp'): Promise<Readonly<Record<string, unknown>>> => {
  const before = world.log.length;
  expect(await attempt(world.aws, device, { clientId })).toBe('closed');
  world.clock.advance(2000);
  return eventually(() =>
    world.log.slice(before).find((entry) => entry['deviceCertificateId'] === device.id && entry.eventType === 'ProvisionDevice'),
  );
};

const thing = (thingName: string) => world.iot.send(new DescribeThingCommand({ thingName }));

describe('The first connection with a certificate of an authority with a template', () => {
  documented(guide, 'makes thing, policy and attachments, activates the certificate, and is closed; the next one is accepted', async () => {
    const device = await (await provisioningAuthority()).issue(lamp('lamp-1'));
    expect(await provision(device)).toMatchObject({ status: 'Success' });
    expect(await world.statusOf(device.id)).toBe('ACTIVE');
    expect(await thing('lamp-1')).toMatchObject({ thingTypeName: 'lamp', attributes: { version: 'v1', serialNumber: 'S-1' } });
    const groups = await world.iot.send(new ListThingGroupsForThingCommand({ thingName: 'lamp-1' }));
    expect(groups.thingGroups).toMatchObject([{ groupName: 'DE' }]);
    const { principals } = await world.iot.send(new ListThingPrincipalsCommand({ thingName: 'lamp-1' }));
    expect(principals).toEqual([expect.stringContaining(device.id)]);
    const { policies } = await world.iot.send(new ListAttachedPoliciesCommand({ target: principals?.[0] }));
    expect(policies).toHaveLength(1);
    expect(await attempt(world.aws, device, { clientId: 'lamp' })).toBe('accepted');
  });

  documented(guide, 'gives the template every documented value of the certificate’s subject', async () => {
    const names = [
      'Country',
      'Organization',
      'OrganizationalUnit',
      'DistinguishedNameQualifier',
      'StateName',
      'CommonName',
      'SerialNumber',
    ];
    const AttributePayload = Object.fromEntries(names.map((name) => [name, ref(name)]));
    const resources = {
      thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: ref('Id'), ThingTypeName: 'lamp', AttributePayload } },
      certificate,
    };
    const template = JSON.stringify({ Parameters: declaring(...names, 'Id'), Resources: resources });
    const subject = [
      { C: ['DE'] },
      { O: ['Acme'] },
      { OU: ['Lamps'] },
      { '2.5.4.46': ['q1'] },
      { ST: ['Berlin'] },
      { CN: ['l2'] },
      { '2.5.4.5': ['S2'] },
    ];
    const device = await (await provisioningAuthority(template)).issue({ name: subject });
    await provision(device);
    expect((await thing(device.id)).attributes).toEqual({
      ...{ Country: 'DE', Organization: 'Acme', OrganizationalUnit: 'Lamps', DistinguishedNameQualifier: 'q1' },
      ...{ StateName: 'Berlin', CommonName: 'l2', SerialNumber: 'S2' },
    });
  });

  documented(guide, 'may use a template of type JITP by its name, with the role of the template', async () => {
    const templateName = 'lamps';
    const template = { templateName, templateBody: lampTemplate, type: 'JITP', enabled: true, provisioningRoleArn: roleArn } as const;
    await world.iot.send(new CreateProvisioningTemplateCommand(template));
    const device = await (await world.authority({ registrationConfig: { templateName } })).issue(lamp('lamp-3'));
    expect(await provision(device)).toMatchObject({ status: 'Success', provisioningTemplateName: templateName });
    expect(await world.statusOf(device.id)).toBe('ACTIVE');
  });

  documented(guide, 'may attach a policy that exists, and may leave the certificate inactive', async () => {
    await world.iot.send(new CreatePolicyCommand({ policyName: 'lamps', policyDocument: connectPolicy }));
    const template = (Status: string) =>
      JSON.stringify({
        Resources: {
          certificate: { ...certificate, Properties: { ...certificate.Properties, Status } },
          policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'lamps' } },
        },
      });
    const authority = await provisioningAuthority(template('INACTIVE'));
    const device = await authority.issue();
    await provision(device);
    expect(await world.statusOf(device.id)).toBe('INACTIVE');
    expect(await attempt(world.aws, device, { clientId: 'lamp' })).toBe('closed');
  });

  assumed('just-in-time.provisioning-delay-ms', 'is followed by others that are closed until two seconds are over', async () => {
    const device = await (await provisioningAuthority()).issue(lamp('lamp-4'));
    for (const waitMs of [0, 1000, 999]) {
      world.clock.advance(waitMs);
      expect(await attempt(world.aws, device, { clientId: 'lamp' })).toBe('closed');
      expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
    }
    world.clock.advance(1);
    await eventually(async () => ((await world.statusOf(device.id)) === 'ACTIVE' ? true : undefined));
    expect(await attempt(world.aws, device, { clientId: 'lamp' })).toBe('accepted');
  });

  assumed('just-in-time.provisioning-announces', 'is announced to nobody', async () => {
    const authority = await provisioningAuthority();
    await provision(await authority.issue(lamp('lamp-5')));
    await world.settled();
    expect(world.announcements(authority.id)).toEqual([]);
  });

  assumed('just-in-time.repeated-attribute', 'takes the first of several values of an attribute', async () => {
    const device = await (await provisioningAuthority()).issue({
      name: [{ CN: ['first-6'] }, { CN: ['last-6'] }, { C: ['DE'] }, { '2.5.4.5': ['S'] }],
    });
    await provision(device);
    expect((await thing('first-6')).thingName).toBe('first-6');
  });
});

describe('Just-in-time provisioning fails', () => {
  documented(guide, 'when the certificate lacks a value that the template declares', async () => {
    const device = await (await provisioningAuthority()).issue({ name: 'CN=lamp-7' });
    const entry = await provision(device);
    expect(entry).toMatchObject({ status: 'Failure', details: expect.stringContaining('AWS::IoT::Certificate::') as string });
    // A user saw that the certificate stays as it is (aws-iot-jitp-sample-scripts#2).
    expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
    await expect(thing('lamp-7')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  documented(
    'IoT developer guide, "Metrics and dimensions"',
    'when the policy that the template names does not exist, and keeps what was made before',
    async () => {
      const resources = {
        thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: ref('CommonName') } },
        certificate,
        policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'nowhere' } },
      };
      const template = JSON.stringify({ Parameters: declaring('CommonName', 'Id'), Resources: resources });
      const device = await (await provisioningAuthority(template)).issue({ name: 'CN=lamp-8' });
      expect(await provision(device)).toMatchObject({ status: 'Failure', details: expect.stringContaining('nowhere') as string });
      expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
      expect((await thing('lamp-8')).thingName).toBe('lamp-8');
      expect(await attempt(world.aws, device, { clientId: 'lamp' })).toBe('closed');
    },
  );

  documented(guide, 'when its role may not do what the template asks for', async () => {
    const powerless = await world.role('does-nothing', 'nothing');
    const authority = await world.authority({ registrationConfig: { templateBody: lampTemplate, roleArn: powerless } });
    const device = await authority.issue(lamp('lamp-9'));
    expect(await provision(device)).toMatchObject({ status: 'Failure' });
    expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
  });

  documented('API reference, UpdateProvisioningTemplate', 'while the template is disabled', async () => {
    const templateName = 'switched-off';
    const template = { templateName, templateBody: lampTemplate, type: 'JITP', enabled: true, provisioningRoleArn: roleArn } as const;
    await world.iot.send(new CreateProvisioningTemplateCommand(template));
    const authority = await world.authority({ registrationConfig: { templateName } });
    await world.iot.send(new UpdateProvisioningTemplateCommand({ templateName, enabled: false }));
    expect(await provision(await authority.issue(lamp('lamp-10')))).toMatchObject({ status: 'Failure' });
  });

  assumed('just-in-time.failure-is-retried', 'once and for all: the next connection does not try again', async () => {
    const authority = await provisioningAuthority(lampTemplate.replaceAll('"lamp"', '"lantern"'));
    const device = await authority.issue(lamp('lamp-11'));
    expect(await provision(device)).toMatchObject({ status: 'Failure' });
    await world.iot.send(new CreateThingTypeCommand({ thingTypeName: 'lantern' }));
    await attempt(world.aws, device, { clientId: 'lamp' });
    world.clock.advance(10_000);
    await world.settled();
    expect(await world.statusOf(device.id)).toBe('PENDING_ACTIVATION');
    await world.iot.send(new UpdateCertificateCommand({ certificateId: device.id, newStatus: 'ACTIVE' }));
    expect(await world.statusOf(device.id)).toBe('ACTIVE');
  });
});

documented(guide, 'An authority whose template is taken away registers certificates for others to decide about', async () => {
  const authority = await provisioningAuthority();
  await world.iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, removeAutoRegistration: true }));
  await world.iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, newAutoRegistrationStatus: 'ENABLE' }));
  const device = await authority.issue(lamp('lamp-12'));
  await attempt(world.aws, device, { clientId: 'lamp' });
  await world.settled();
  expect(world.announcements(authority.id)).toMatchObject([{ body: { certificateId: device.id } }]);
});
