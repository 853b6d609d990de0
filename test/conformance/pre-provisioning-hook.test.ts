import { AddPermissionCommand, DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { UpdateProvisioningTemplateCommand } from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import type { ProvisioningAnswer } from './provisioning-device.ts';
import { simpleTemplate } from './provisioning-world.ts';
import { startProvisioning } from './start-provisioning.ts';

const hooks = 'IoT developer guide, "Pre-provisioning hooks"';

const world = await startProvisioning();

/** Its answers tell the device what the hook was told. */
const telling = { ...simpleTemplate, DeviceConfiguration: { told: { Ref: 'Told' } } };

const hooked = async (source: string, body: object = simpleTemplate): Promise<string> =>
  world.template(body, { preProvisioningHook: { targetArn: await world.function(source), payloadVersion: '2020-04-01' } });

const answering = (answer: string): Promise<string> => hooked(`export const handler = () => (${answer});`);

const denied = { result: 'rejected', body: { statusCode: 403, errorCode: 'AccessDenied', errorMessage: expect.any(String) as string } };

describe('The pre-provisioning hook', () => {
  documented(hooks, 'is told claim, certificate, template, client id and parameters, and nothing else', async () => {
    const source = 'export const handler = (event) => ({ allowProvisioning: true, parameterOverrides: { Told: JSON.stringify(event) } });';
    const templateName = await hooked(source, telling);
    const device = await world.device();
    const { certificateId, certificateOwnershipToken } = await world.certify(device);
    const parameters = { SerialNumber: 'told', Extra: 'e' };
    const { body } = await world.onboard(templateName, { certificateOwnershipToken, parameters }, device);
    const { told } = body['deviceConfiguration'] as { told: string };
    expect(JSON.parse(told)).toEqual({
      claimCertificateId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      certificateId,
      certificatePem: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) as string,
      templateArn: world.arn('iot', `provisioningtemplate/${templateName}`),
      clientId: device.mqtt.options.clientId,
      parameters,
    });
  });

  assumed('provisioning.claim-of-custom-authentication', 'is told the principal of who was let in by a custom authorizer', async () => {
    const source = 'export const handler = (e) => ({ allowProvisioning: true, parameterOverrides: { Told: e.claimCertificateId } });';
    const device = await world.deviceOfAuthorizer('lamp17');
    const { body } = await world.onboard(await hooked(source, telling), {}, device);
    expect(body['deviceConfiguration']).toEqual({ told: 'lamp17' });
  });

  documented(hooks, 'adds to the parameters and overrides them', async () => {
    const source = `export const handler = () => ({ allowProvisioning: true, parameterOverrides: { SerialNumber: 'hook', Told: 'added' } });`;
    const { body } = await world.onboard(await hooked(source, telling), { parameters: { SerialNumber: 'device' } });
    expect(body).toEqual({ thingName: 'thing-hook', deviceConfiguration: { told: 'added' } });
  });

  documented(hooks, 'is called for every request', async () => {
    const source = `let calls = 0; export const handler = () => ({ allowProvisioning: true, parameterOverrides: { SerialNumber: 'call' + ++calls } });`;
    const templateName = await hooked(source);
    expect((await world.onboard(templateName)).body['thingName']).toBe('thing-call1');
    expect((await world.onboard(templateName)).body['thingName']).toBe('thing-call2');
  });

  documented(hooks, 'must exist when the device comes, not when the template is made', async () => {
    const source = 'export const handler = () => ({ allowProvisioning: true });';
    const targetArn = await world.function(source);
    await world.lambda.send(new DeleteFunctionCommand({ FunctionName: targetArn }));
    const templateName = await world.template(simpleTemplate, { preProvisioningHook: { targetArn } });
    expect(await world.onboard(templateName)).toMatchObject(denied);
  });

  documented(
    'IoT developer guide, "Cross-service confused deputy prevention"',
    'is called in the name of the template and the account',
    async () => {
      const targetArn = await world.function('export const handler = () => ({ allowProvisioning: true });', { isPermitted: false });
      const templateName = await world.template(simpleTemplate, { preProvisioningHook: { targetArn } });
      const permit = (SourceArn: string, StatementId: string) =>
        world.lambda.send(
          new AddPermissionCommand({
            ...{ FunctionName: targetArn, StatementId, Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com' },
            ...{ SourceArn, SourceAccount: world.aws.account.accountId },
          }),
        );
      await permit(world.arn('iot', 'provisioningtemplate/another'), 'another');
      expect(await world.onboard(templateName)).toMatchObject(denied);
      await permit(world.arn('iot', `provisioningtemplate/${templateName}`), 'own');
      expect((await world.onboard(templateName)).result).toBe('accepted');
    },
  );

  documented('API reference, UpdateProvisioningTemplate', 'is asked no more once it is removed', async () => {
    const templateName = await answering('{ allowProvisioning: false }');
    expect((await world.onboard(templateName)).result).toBe('rejected');
    await world.iot.send(new UpdateProvisioningTemplateCommand({ templateName, removePreProvisioningHook: true }));
    expect((await world.onboard(templateName)).result).toBe('accepted');
  });

  documented(hooks, 'has five seconds, though the function may take longer', async () => {
    const source = 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 10_000, { allowProvisioning: true }));';
    const { answer, tookMs } = await overtime(await hooked(source));
    expect(answer).toMatchObject({ result: 'rejected' });
    expect(tookMs).toBeGreaterThanOrEqual(5000);
    expect(tookMs).toBeLessThan(8000);
  });
});

/** How the device is answered, and how long it takes on the service's clock. */
const overtime = async (templateName: string): Promise<{ readonly answer: ProvisioningAnswer; readonly tookMs: number }> => {
  const device = await world.device();
  const began = world.clock.now();
  const answer = await world.onboard(templateName, {}, device);
  return { answer, tookMs: world.clock.now() - began };
};

describe('A device is refused with 403 AccessDenied', () => {
  assumed('provisioning.rejected-hook-denied', 'when the hook says no', async () => {
    expect(await world.onboard(await answering('{ allowProvisioning: false }'))).toMatchObject(denied);
  });

  assumed('provisioning.rejected-hook-failed', 'when the hook throws', async () => {
    const answer = await world.onboard(await hooked(`export const handler = () => { throw new Error('secret'); };`));
    expect(answer).toMatchObject(denied);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  assumed('provisioning.rejected-hook-not-invoked', 'when AWS IoT may not call the hook', async () => {
    const targetArn = await world.function('export const handler = () => ({ allowProvisioning: true });', { isPermitted: false });
    expect(await world.onboard(await world.template(simpleTemplate, { preProvisioningHook: { targetArn } }))).toMatchObject(denied);
  });

  assumed('provisioning.rejected-hook-timed-out', 'when the hook takes longer than five seconds', async () => {
    const { answer } = await overtime(await hooked('export const handler = () => new Promise((resolve) => setTimeout(resolve, 6000));'));
    expect(answer).toMatchObject(denied);
  });

  assumed('provisioning.rejected-hook-answer-invalid', 'when the answer breaks the contract', async () => {
    const answers = ['null', '[true]', '{}', '{ allowProvisioning: 1 }', '{ allowProvisioning: true, parameterOverrides: { a: 1 } }'];
    for (const answer of answers) expect(await world.onboard(await answering(answer))).toMatchObject(denied);
  });

  assumed('provisioning.hook-accepts-text-true', 'when the hook answers the text "true"', async () => {
    expect(await world.onboard(await answering(`{ allowProvisioning: 'true' }`))).toMatchObject(denied);
  });

  assumed('provisioning.hook-retries', 'when the hook fails once: it is not called again', async () => {
    const source =
      'let calls = 0; export const handler = () => { if (++calls === 1) throw new Error(); return { allowProvisioning: true }; };';
    const templateName = await hooked(source);
    expect(await world.onboard(templateName)).toMatchObject(denied);
    expect((await world.onboard(templateName)).result).toBe('accepted');
  });
});

describe('A device is admitted', () => {
  assumed('provisioning.hook-overrides-are-required', 'when the hook says yes and nothing of parameters', async () => {
    expect((await world.onboard(await answering('{ allowProvisioning: true }'))).result).toBe('accepted');
  });

  assumed('template.hook-payload-versions', 'by a hook of payload version 2020-04-01; others are refused', async () => {
    const targetArn = await world.function('export const handler = () => ({ allowProvisioning: true });');
    expect((await world.onboard(await world.template(simpleTemplate, { preProvisioningHook: { targetArn } }))).result).toBe('accepted');
    const other = world.createTemplate(simpleTemplate, { preProvisioningHook: { targetArn, payloadVersion: '2021-01-01' } });
    await expect(other).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
