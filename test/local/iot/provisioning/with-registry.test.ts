import { beforeEach, describe, expect, test } from '@jest/globals';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import type { IotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { createPolicyAuthorizer } from '../../../../local/iot/policy/policy-authorizer.ts';
import { createFleetProvisioning } from '../../../../local/iot/provisioning/fleet-provisioning.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { ecKeys, requestPem } from '../certificate-requests.ts';
import type { KeyPair } from '../certificate-requests.ts';
import { claim, simpleTemplate } from './provisioning-world.ts';

const account = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' } as const;
const hourMs = 60 * 60_000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

describe('fleet provisioning with the registry of the control plane', () => {
  let clock: ManualClock;
  let plane: IotControlPlane;
  let request: (topic: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'iot:Publish',
      Resource: 'arn:aws:iot:eu-west-1:123456789012:topic/${iot:Connection.Thing.ThingName}/*',
    },
  });

  const { certificate, thing, policy } = simpleTemplate.Resources;
  const overrides = { AttributePayload: 'REPLACE', ThingTypeName: 'FAIL', ThingGroups: 'DO_NOTHING' };
  const templateBody = JSON.stringify({
    ...simpleTemplate,
    Resources: {
      policy,
      thing: { ...thing, OverrideSettings: overrides },
      certificate: { ...certificate, Properties: { ...certificate.Properties, ThingPrincipalType: 'EXCLUSIVE_THING' } },
    },
  });

  beforeEach(async () => {
    clock = new ManualClock(Date.parse('2026-01-01T00:00:00Z'));
    plane = createIotControlPlane({ account, clock });
    const sent: (readonly [string, unknown])[] = [];
    const service = createFleetProvisioning({
      ...{ account, clock, registry: plane.provisioning, controlPlane: plane.client, log: () => undefined },
      invoker: { invoke: () => Promise.reject(new Error('no template here has a hook')) },
      broker: () => ({
        respond: (_connection, { topic, payload }) => {
          sent.push([topic, JSON.parse(payload.toString())]);
          return Promise.resolve();
        },
      }),
    });
    request = async (topic, body) => {
      await service.handle(claim, { topic, payload: Buffer.from(JSON.stringify(body)), qos: 1, retain: false });
      const [, answer] = sent.at(-1) ?? [];
      return isObject(answer) ? answer : {};
    };
    await plane.client.call('CreateThingType', { thingTypeName: 'lamp' });
    await plane.client.call('CreateThingGroup', { thingGroupName: 'lamps' });
    await plane.client.call('CreatePolicy', { policyName: 'lamp-policy', policyDocument });
    await plane.client.call('CreateProvisioningTemplate', {
      templateName: 'lamps',
      templateBody,
      enabled: true,
      provisioningRoleArn: 'arn:aws:iam::123456789012:role/provisioning',
    });
  });

  const certify = (keys: KeyPair = ecKeys()): ReturnType<typeof request> =>
    request('$aws/certificates/create-from-csr/json', { certificateSigningRequest: requestPem({ keys }) });

  const onboard = async (keys?: KeyPair): Promise<string> => {
    const { certificateId, certificateOwnershipToken } = await certify(keys);
    const parameters = { SerialNumber: 'S1' };
    const answer = await request('$aws/provisioning-templates/lamps/provision/json', { certificateOwnershipToken, parameters });
    expect(answer).toEqual({ deviceConfiguration: {}, thingName: 'lamp-S1' });
    return String(certificateId);
  };

  test('a device ends with an active certificate that may publish below its own thing name only', async () => {
    const certificateId = await onboard();
    const owner = plane.directory.associatedThing(certificateId, 'any client id');
    expect(owner).toMatchObject({ thingName: 'lamp-S1', thingTypeName: 'lamp', attributes: { serial: 'S1' }, isExclusive: true });
    const authorizer = createPolicyAuthorizer({ account, clock, directory: plane.directory });
    const subject = { certificateId, clientId: 'lamp-S1', thing: owner, sourceIp: '127.0.0.1' };
    expect(authorizer.authorize(subject, { action: 'iot:Publish', name: 'lamp-S1/state' })).toBe('allowed');
    expect(authorizer.authorize(subject, { action: 'iot:Publish', name: 'lamp-S2/state' })).toBe('implicitDeny');
  });

  test('a device that returns with the same key gets a second certificate on the same thing', async () => {
    const keys = ecKeys();
    const [first, second] = [await onboard(keys), await onboard(keys)];
    expect(second).not.toBe(first);
    expect(plane.directory.associatedThing(first, '')?.thingName).toBe(plane.directory.associatedThing(second, '')?.thingName);
  });

  test('a certificate whose token expired is gone', async () => {
    const { certificateId } = await certify();
    expect(plane.provisioning.isPending(String(certificateId))).toBe(true);
    clock.advance(hourMs);
    expect(plane.directory.certificatePem(String(certificateId))).toBeUndefined();
  });

  test.each([
    ['garbage', 'garbage'],
    ['a request with a key on P-224', requestPem({ keys: ecKeys('P-224') })],
    ['more than 4,096 characters', `${requestPem({ keys: ecKeys() })}${' '.repeat(4096)}`],
  ])('%s for a CSR is refused', async (_, certificateSigningRequest) => {
    const answer = await request('$aws/certificates/create-from-csr/json', { certificateSigningRequest });
    expect(answer).toMatchObject({ statusCode: 400, errorCode: expect.any(String), errorMessage: expect.any(String) });
  });
});
