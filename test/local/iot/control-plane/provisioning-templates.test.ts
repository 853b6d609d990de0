import type { CreateProvisioningTemplateCommandInput } from '@aws-sdk/client-iot';
import {
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
  DeleteProvisioningTemplateCommand,
  DeleteProvisioningTemplateVersionCommand,
  DescribeProvisioningTemplateCommand,
  DescribeProvisioningTemplateVersionCommand,
  ListProvisioningTemplatesCommand,
  ListProvisioningTemplateVersionsCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import { arn, expectRefusal, fresh, startControlPlane, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const provisioningRoleArn = 'arn:aws:iam::123456789012:role/provisioning';
const hook = { targetArn: 'arn:aws:lambda:eu-central-1:123456789012:function:hook:live', payloadVersion: '2020-04-01' };
const certificate = { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } };

const body = (mark = ''): string => JSON.stringify({ Resources: { certificate }, DeviceConfiguration: { mark } });

const create = (more: Partial<CreateProvisioningTemplateCommandInput> = {}) =>
  subject.iot.send(
    new CreateProvisioningTemplateCommand({ templateName: fresh('template'), templateBody: body(), provisioningRoleArn, ...more }),
  );

const describeTemplate = (templateName: string | undefined) => subject.iot.send(new DescribeProvisioningTemplateCommand({ templateName }));

describe('a provisioning template', () => {
  test('is created with version 1, disabled unless asked otherwise', async () => {
    const templateName = fresh('template');
    const created = await create({ templateName, preProvisioningHook: hook });
    expect(created).toMatchObject({ templateArn: arn(`provisioningtemplate/${templateName}`), templateName, defaultVersionId: 1 });
    expect(await describeTemplate(templateName)).toMatchObject({
      enabled: false,
      type: 'FLEET_PROVISIONING',
      templateBody: body(),
      provisioningRoleArn,
      preProvisioningHook: hook,
    });
    const enabled = await create({ enabled: true });
    expect((await describeTemplate(enabled.templateName)).enabled).toBe(true);
  });

  test.each(['', 'x'.repeat(37), 'with space', 'a:b', 'a.b'])('cannot be called %j', async (templateName) => {
    const template = subject.plane.client.call('CreateProvisioningTemplate', { templateName, templateBody: body(), provisioningRoleArn });
    await expect(template).rejects.toMatchObject({ code: 'InvalidRequestException', status: 400 });
  });

  test('has a body of at most 10,240 characters that is a JSON object with resources', async () => {
    const padded = (length: number): string => body('x'.repeat(length - body().length));
    await create({ templateBody: padded(10_240) });
    for (const templateBody of [padded(10_241), 'no json', '[]', '{}']) {
      await expectRefusal(create({ templateBody }), 'InvalidRequestException', 400);
    }
  });

  test('needs the ARN of a role, and of a function for its hook', async () => {
    await expectRefusal(create({ provisioningRoleArn: 'arn:aws:iam::123456789012:user/someone' }), 'InvalidRequestException', 400);
    await expectRefusal(create({ provisioningRoleArn: 'role' }), 'InvalidRequestException', 400);
    await expectRefusal(create({ preProvisioningHook: { ...hook, targetArn: 'arn:aws:sns:x' } }), 'InvalidRequestException', 400);
    await expectRefusal(create({ preProvisioningHook: { ...hook, payloadVersion: 'latest' } }), 'InvalidRequestException', 400);
  });

  test('has a hook only when it is of type FLEET_PROVISIONING', async () => {
    await create({ type: 'JITP' });
    await expectRefusal(create({ type: 'JITP', preProvisioningHook: hook }), 'InvalidRequestException', 400, /hook/);
  });

  test('is created once', async () => {
    const { templateName } = await create();
    await expectRefusal(create({ templateName }), 'ResourceAlreadyExistsException', 409);
  });

  test('is one of 256 at most', async () => {
    const other = await startControlPlane();
    for (let count = 0; count < 256; count++) {
      const input = { templateName: `t${count}`, templateBody: body(), provisioningRoleArn };
      await other.plane.client.call('CreateProvisioningTemplate', input);
    }
    const template = new CreateProvisioningTemplateCommand({ templateName: 'more', templateBody: body(), provisioningRoleArn });
    await expectRefusal(other.iot.send(template), 'LimitExceededException', 410);
    const listed = await other.iot.send(new ListProvisioningTemplatesCommand({ maxResults: 250 }));
    expect([listed.templates?.length, listed.nextToken === undefined]).toEqual([250, false]);
    await other.stop();
  });

  test('is updated in what is given, and loses its hook only when told', async () => {
    const { templateName } = await create({ preProvisioningHook: hook });
    const update = (more: object) => subject.iot.send(new UpdateProvisioningTemplateCommand({ templateName, ...more }));
    await update({ enabled: true, description: 'new' });
    expect(await describeTemplate(templateName)).toMatchObject({ enabled: true, description: 'new', preProvisioningHook: hook });
    await expectRefusal(update({ preProvisioningHook: hook, removePreProvisioningHook: true }), 'InvalidRequestException', 400);
    await expectRefusal(update({ defaultVersionId: 7 }), 'ResourceNotFoundException', 404);
    await update({ removePreProvisioningHook: true });
    expect((await describeTemplate(templateName)).preProvisioningHook).toBeUndefined();
  });

  test('is deleted with all its versions, then not found', async () => {
    const { templateName } = await create();
    await subject.iot.send(new CreateProvisioningTemplateVersionCommand({ templateName, templateBody: body() }));
    const remove = () => subject.iot.send(new DeleteProvisioningTemplateCommand({ templateName }));
    await remove();
    await expectRefusal(remove(), 'ResourceNotFoundException', 404);
    await expectRefusal(describeTemplate(templateName), 'ResourceNotFoundException', 404);
  });
});

describe('versions of a template', () => {
  const addVersion = (templateName: string | undefined, mark: string, setAsDefault?: boolean) =>
    subject.iot.send(new CreateProvisioningTemplateVersionCommand({ templateName, templateBody: body(mark), setAsDefault }));

  test('take effect when they are made the default', async () => {
    const { templateName } = await create();
    expect(await addVersion(templateName, 'two')).toMatchObject({ versionId: 2, isDefaultVersion: false });
    expect((await describeTemplate(templateName)).templateBody).toBe(body());
    expect(await addVersion(templateName, 'three', true)).toMatchObject({ versionId: 3, isDefaultVersion: true });
    expect((await describeTemplate(templateName)).templateBody).toBe(body('three'));
    await subject.iot.send(new UpdateProvisioningTemplateCommand({ templateName, defaultVersionId: 2 }));
    expect((await describeTemplate(templateName)).templateBody).toBe(body('two'));
    const version = await subject.iot.send(new DescribeProvisioningTemplateVersionCommand({ templateName, versionId: 3 }));
    expect(version).toMatchObject({ versionId: 3, templateBody: body('three'), isDefaultVersion: false });
  });

  test('are five at most, and their numbers are not used again', async () => {
    const { templateName } = await create();
    for (let version = 2; version <= 5; version++) await addVersion(templateName, String(version));
    await expectRefusal(addVersion(templateName, '6'), 'VersionsLimitExceededException', 409);
    await subject.iot.send(new DeleteProvisioningTemplateVersionCommand({ templateName, versionId: 5 }));
    expect((await addVersion(templateName, '6')).versionId).toBe(6);
    const { versions } = await subject.iot.send(new ListProvisioningTemplateVersionsCommand({ templateName }));
    expect(versions?.map(({ versionId }) => versionId)).toEqual([1, 2, 3, 4, 6]);
  });

  test('cannot be deleted while in force, nor when missing', async () => {
    const { templateName } = await create();
    const remove = (versionId: number) => subject.iot.send(new DeleteProvisioningTemplateVersionCommand({ templateName, versionId }));
    await expectRefusal(remove(1), 'DeleteConflictException', 409);
    await expectRefusal(remove(2), 'ResourceNotFoundException', 404);
  });

  test('must have a body that a template may have', async () => {
    const { templateName } = await create();
    const version = new CreateProvisioningTemplateVersionCommand({ templateName, templateBody: 'no json' });
    await expectRefusal(subject.iot.send(version), 'InvalidRequestException', 400);
    await expectRefusal(addVersion('missing', 'x'), 'ResourceNotFoundException', 404);
  });
});
