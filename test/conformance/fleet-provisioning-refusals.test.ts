import { CreateThingCommand, DeleteCertificateCommand, UpdateProvisioningTemplateCommand } from '@aws-sdk/client-iot';
import { requestPem, rsaKeys } from '../local/iot/certificate-requests.ts';
import { assumed } from './fact.ts';
import { topics, type ProvisioningAnswer } from './provisioning-device.ts';
import { certificate, simpleTemplate, thing } from './provisioning-world.ts';
import { startProvisioning } from './start-provisioning.ts';

const world = await startProvisioning();
const templateName = await world.template();

const rejection = (statusCode: number, errorCode: string) => ({
  result: 'rejected',
  body: { statusCode, errorCode, errorMessage: expect.any(String) as string },
});

const invalidRequest = rejection(400, 'InvalidRequest');
const invalidToken = rejection(400, 'InvalidCertificateOwnershipToken');

const ask = async (topic: string, payload: unknown): Promise<ProvisioningAnswer> => (await world.device()).request(topic, payload);

describe('Fleet provisioning refuses with', () => {
  assumed('provisioning.rejected-malformed-payload', '400 InvalidRequest what is no JSON object', async () => {
    const device = await world.device();
    for (const payload of ['{', '[]', 'null', '"text"']) {
      expect(await device.request(topics.csr, Buffer.from(payload))).toEqual(expect.objectContaining(invalidRequest));
    }
  });

  assumed('provisioning.rejected-throttled', '429 ThrottlingException what comes too fast', async () => {
    const device = await world.device();
    await device.request(topics.template(templateName), {});
    const answers = await Promise.all(Array.from({ length: 12 }, () => device.ask(topics.template(templateName), {})));
    expect(answers).toContainEqual(expect.objectContaining(rejection(429, 'ThrottlingException')));
  });

  assumed('provisioning.rejected-internal-failure', '500 InternalFailureException where the service itself is broken', async () => {
    const broken = await world.template();
    const { provisioningTemplates } = world.aws.services.iot.registry;
    const template = provisioningTemplates.get(broken);
    if (template === undefined) throw new Error('The template is missing.');
    provisioningTemplates.set(broken, { ...template, versions: [{ versionId: 1, templateBody: 'unreadable', createdAt: 0 }] });
    expect(await world.onboard(broken)).toMatchObject(rejection(500, 'InternalFailureException'));
  });

  assumed('provisioning.rejected-csr-missing', '400 InvalidRequest a request without CSR', async () => {
    expect(await ask(topics.csr, {})).toMatchObject(invalidRequest);
    expect(await ask(topics.csr, Buffer.alloc(0))).toMatchObject(invalidRequest);
  });

  assumed('provisioning.rejected-csr-refused', '400 InvalidRequest a CSR that is garbage or has a weak key', async () => {
    expect(await ask(topics.csr, { certificateSigningRequest: 'garbage' })).toMatchObject(invalidRequest);
    const weak = requestPem({ keys: rsaKeys(1024) });
    expect(await ask(topics.csr, { certificateSigningRequest: weak })).toMatchObject(invalidRequest);
  });

  assumed(
    'provisioning.rejected-token-empty',
    '400 InvalidCertificateOwnershipToken an empty token, in the words that were seen',
    async () => {
      const { body } = await ask(topics.template(templateName), { certificateOwnershipToken: '' });
      expect(body).toEqual({
        ...{ statusCode: 400, errorCode: 'InvalidCertificateOwnershipToken' },
        errorMessage: 'Certificate ownership token cannot be empty.',
      });
    },
  );

  assumed('provisioning.rejected-token-foreign', '400 InvalidCertificateOwnershipToken a token that nobody issued', async () => {
    expect(await world.onboard(templateName, { certificateOwnershipToken: 'garbage' })).toMatchObject(invalidToken);
  });

  assumed('provisioning.rejected-token-expired', '400 InvalidCertificateOwnershipToken a token one hour old', async () => {
    const { certificateOwnershipToken } = await world.certify(await world.device());
    world.clock.advance(60 * 60_000);
    const later = await world.device();
    expect(await world.onboard(templateName, { certificateOwnershipToken }, later)).toMatchObject(invalidToken);
  });

  assumed('provisioning.rejected-token-replayed', '400 InvalidCertificateOwnershipToken a token that was redeemed', async () => {
    const { certificateOwnershipToken } = await world.certify(await world.device());
    expect((await world.onboard(templateName, { certificateOwnershipToken })).result).toBe('accepted');
    expect(await world.onboard(templateName, { certificateOwnershipToken })).toMatchObject(invalidToken);
  });

  assumed('provisioning.rejected-token-in-use', '400 InvalidCertificateOwnershipToken a token that is being redeemed', async () => {
    const source = 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 500, { allowProvisioning: true }));';
    const slow = await world.template(simpleTemplate, { preProvisioningHook: { targetArn: await world.function(source) } });
    const device = await world.device();
    const request = {
      certificateOwnershipToken: (await world.certify(device)).certificateOwnershipToken,
      parameters: { SerialNumber: 'twice' },
    };
    await device.mqtt.subscribeAsync(`${topics.template(slow)}/json/+`, { qos: 1 });
    const answers = await Promise.all([device.ask(topics.template(slow), request), device.ask(topics.template(slow), request)]);
    expect(answers).toEqual([expect.objectContaining(invalidToken), expect.objectContaining({ result: 'accepted' })]);
  });

  assumed(
    'provisioning.rejected-token-without-certificate',
    '400 InvalidCertificateOwnershipToken when the certificate was deleted',
    async () => {
      const device = await world.device();
      const { certificateId, certificateOwnershipToken } = await world.certify(device);
      await world.iot.send(new DeleteCertificateCommand({ certificateId }));
      expect(await world.onboard(templateName, { certificateOwnershipToken }, device)).toMatchObject(invalidToken);
    },
  );

  assumed('provisioning.rejected-parameters-invalid', '400 InvalidRequest parameters that are no map of strings', async () => {
    for (const parameters of [['S1'], null, 'S1', { SerialNumber: 1 }, { SerialNumber: { a: 'b' } }, { SerialNumber: 'x'.repeat(4097) }]) {
      expect(await world.onboard(templateName, { parameters })).toMatchObject(invalidRequest);
    }
  });

  assumed('provisioning.rejected-parameter-missing', '400 InvalidRequest a parameter without value', async () => {
    const answer = await world.onboard(templateName, { parameters: {} });
    expect(answer).toMatchObject(invalidRequest);
    expect(answer.body['errorMessage']).toContain('SerialNumber');
  });

  assumed('provisioning.rejected-template-unknown', '404 ResourceNotFoundException an unknown template', async () => {
    expect(await world.onboard('unknown')).toMatchObject(rejection(404, 'ResourceNotFoundException'));
  });

  assumed('provisioning.rejected-template-disabled', '403 AccessDenied a template that is disabled', async () => {
    const disabled = await world.template();
    await world.iot.send(new UpdateProvisioningTemplateCommand({ templateName: disabled, enabled: false }));
    expect(await world.onboard(disabled)).toMatchObject(rejection(403, 'AccessDenied'));
  });

  assumed('provisioning.rejected-template-of-other-type', '400 InvalidRequest a template for just-in-time provisioning', async () => {
    const jitp = await world.template(simpleTemplate, { type: 'JITP' });
    expect(await world.onboard(jitp)).toMatchObject(invalidRequest);
  });

  assumed('provisioning.rejected-template-evaluation-failed', '400 InvalidRequest a function that finds nothing', async () => {
    const picking = await world.template({ ...simpleTemplate, DeviceConfiguration: { x: { 'Fn::Select': ['1', ['a']] } } });
    expect(await world.onboard(picking)).toMatchObject(invalidRequest);
  });

  assumed('provisioning.rejected-resource-conflict', '400 ResourceConflictsException a thing that differs, with FAIL', async () => {
    await world.iot.send(new CreateThingCommand({ thingName: 'thing-taken', attributePayload: { attributes: { serial: 'other' } } }));
    const failing = await world.template({
      ...simpleTemplate,
      Resources: { certificate, thing: { ...thing, OverrideSettings: { AttributePayload: 'FAIL' } } },
    });
    const answer = await world.onboard(failing, { parameters: { SerialNumber: 'taken' } });
    expect(answer).toMatchObject(rejection(400, 'ResourceConflictsException'));
  });

  assumed('provisioning.rejected-role-not-assumable', '403 AccessDenied a template whose role is gone', async () => {
    const provisioningRoleArn = await world.emptyRole();
    const orphaned = await world.template(simpleTemplate, { provisioningRoleArn });
    await world.deleteRole(provisioningRoleArn);
    expect(await world.onboard(orphaned)).toMatchObject(rejection(403, 'AccessDenied'));
  });

  assumed('provisioning.rejected-registration-failed', '400 ResourceRegistrationFailureException what the role may not do', async () => {
    const provisioningRoleArn = await world.role({ Effect: 'Allow', Action: 'iot:Describe*', Resource: '*' });
    const powerless = await world.template(simpleTemplate, { provisioningRoleArn });
    expect(await world.onboard(powerless)).toMatchObject(rejection(400, 'ResourceRegistrationFailureException'));
  });
});
