import {
  AddThingToThingGroupCommand,
  AttachThingPrincipalCommand,
  CreateMitigationActionCommand,
  type CreateMitigationActionCommandInput,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteMitigationActionCommand,
  DescribeAuditMitigationActionsTaskCommand,
  DescribeCertificateCommand,
  DescribeMitigationActionCommand,
  GetPolicyCommand,
  GetV2LoggingOptionsCommand,
  ListAuditMitigationActionsExecutionsCommand,
  ListMitigationActionsCommand,
  ListThingGroupsForThingCommand,
  RegisterCertificateWithoutCACommand,
  StartAuditMitigationActionsTaskCommand,
  UpdateMitigationActionCommand,
} from '@aws-sdk/client-iot';
import { expect } from '@jest/globals';
import { makeAuthority } from '../local/iot/own-ca/test-authority.ts';
import { dayMs, startDefenderWorld } from './defender-world.ts';
import { assumed, documented } from './fact.ts';

const guide = 'Device Defender developer guide, "Mitigation actions"';

const { clock, iot, role, topic, enable, audit } = await startDefenderWorld();

const expiring = 'DEVICE_CERTIFICATE_EXPIRING_CHECK';

let roleArn = '';

beforeAll(async () => {
  roleArn = await role('iot:*', 'sns:Publish', 'iam:PassRole');
  await enable([expiring, 'IOT_POLICY_OVERLY_PERMISSIVE_CHECK', 'LOGGING_DISABLED_CHECK'], roleArn);
});

const createAction = (actionName: string, actionParams: CreateMitigationActionCommandInput['actionParams'], withRole = roleArn) =>
  iot.send(new CreateMitigationActionCommand({ actionName, roleArn: withRole, actionParams }));

const registerExpiring = async () => {
  const { cert: certificatePem } = await (await makeAuthority()).issue({ notAfter: new Date(clock.now() + dayMs) });
  const { certificateId = '', certificateArn = '' } = await iot.send(
    new RegisterCertificateWithoutCACommand({ certificatePem, status: 'ACTIVE' }),
  );
  return { certificateId, certificateArn };
};

/** Audits, and has an action applied to what is found of one resource. Answers what came of it. */
const mitigate = async (taskId: string, { check, action, resource }: { check: string; action: string; resource: string }) => {
  const found = await audit(check);
  const findingId =
    found.find(({ nonCompliantResource }) => JSON.stringify(nonCompliantResource?.resourceIdentifier).includes(resource))?.findingId ?? '';
  const auditCheckToActionsMapping = { [check]: [action] };
  await iot.send(new StartAuditMitigationActionsTaskCommand({ taskId, target: { findingIds: [findingId] }, auditCheckToActionsMapping }));
  const { actionsExecutions } = await iot.send(new ListAuditMitigationActionsExecutionsCommand({ taskId, findingId }));
  return { findingId, execution: actionsExecutions?.[0] };
};

const refused = { name: 'InvalidRequestException' };

describe('A mitigation action', () => {
  documented('API reference, CreateMitigationAction', 'has one kind, a name of its own, and can change', async () => {
    const updateDeviceCertificateParams = { action: 'DEACTIVATE' as const };
    await createAction('deactivate', { updateDeviceCertificateParams });
    await expect(createAction('deactivate', { updateDeviceCertificateParams })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await expect(createAction('none', {})).rejects.toMatchObject(refused);
    const two = { updateDeviceCertificateParams, publishFindingToSnsParams: { topicArn: 'arn:aws:sns:us-east-1:123456789012:t' } };
    await expect(createAction('two', two)).rejects.toMatchObject(refused);
    const updateCACertificateParams = { action: 'DEACTIVATE' as const };
    await createAction('changed', { updateDeviceCertificateParams });
    await iot.send(new UpdateMitigationActionCommand({ actionName: 'changed', actionParams: { updateCACertificateParams } }));
    expect(await iot.send(new DescribeMitigationActionCommand({ actionName: 'changed' }))).toMatchObject({
      ...{ actionType: 'UPDATE_CA_CERTIFICATE', roleArn, actionParams: { updateCACertificateParams } },
    });
    const { actionIdentifiers } = await iot.send(new ListMitigationActionsCommand({ actionType: 'UPDATE_CA_CERTIFICATE' }));
    expect(actionIdentifiers).toMatchObject([{ actionName: 'changed' }]);
    await iot.send(new DeleteMitigationActionCommand({ actionName: 'changed' }));
    const gone = iot.send(new DescribeMitigationActionCommand({ actionName: 'changed' }));
    await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  documented(guide, 'deactivates device certificates', async () => {
    const { certificateId } = await registerExpiring();
    const { execution } = await mitigate('deactivating', { check: expiring, action: 'deactivate', resource: certificateId });
    expect(execution).toMatchObject({ status: 'COMPLETED', actionName: 'deactivate' });
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
    expect(certificateDescription?.status).toBe('INACTIVE');
  });

  documented(guide, 'adds the things of device certificates to groups', async () => {
    const { certificateId, certificateArn: principal } = await registerExpiring();
    await iot.send(new CreateThingCommand({ thingName: 'lamp' }));
    await iot.send(new AttachThingPrincipalCommand({ thingName: 'lamp', principal }));
    for (const thingGroupName of ['before', 'isolated']) await iot.send(new CreateThingGroupCommand({ thingGroupName }));
    await iot.send(new AddThingToThingGroupCommand({ thingName: 'lamp', thingGroupName: 'before' }));
    await createAction('isolate', { addThingsToThingGroupParams: { thingGroupNames: ['isolated'] } });
    await mitigate('isolating', { check: expiring, action: 'isolate', resource: certificateId });
    const { thingGroups } = await iot.send(new ListThingGroupsForThingCommand({ thingName: 'lamp' }));
    expect(thingGroups?.map(({ groupName }) => groupName)).toEqual(['before', 'isolated']);
  });

  documented(guide, 'replaces a policy by a blank one', async () => {
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] });
    await iot.send(new CreatePolicyCommand({ policyName: 'wide', policyDocument }));
    await createAction('blank', { replaceDefaultPolicyVersionParams: { templateName: 'BLANK_POLICY' } });
    await mitigate('blanking', { check: 'IOT_POLICY_OVERLY_PERMISSIVE_CHECK', action: 'blank', resource: 'wide' });
    expect(await iot.send(new GetPolicyCommand({ policyName: 'wide' }))).toMatchObject({ defaultVersionId: '2' });
    expect(await audit('IOT_POLICY_OVERLY_PERMISSIVE_CHECK')).toEqual([]);
  });

  documented(guide, 'switches logging on', async () => {
    await createAction('log', { enableIoTLoggingParams: { roleArnForLogging: roleArn, logLevel: 'WARN' } });
    await mitigate('logging', { check: 'LOGGING_DISABLED_CHECK', action: 'log', resource: 'account' });
    expect(await iot.send(new GetV2LoggingOptionsCommand({}))).toMatchObject({ defaultLogLevel: 'WARN', disableAllLogs: false });
  });

  assumed('defender.published-finding', 'publishes the finding to a topic', async () => {
    const told = await topic();
    const { certificateId } = await registerExpiring();
    await createAction('tell', { publishFindingToSnsParams: { topicArn: told.arn } });
    const { findingId } = await mitigate('telling', { check: expiring, action: 'tell', resource: certificateId });
    expect(await told.heard()).toMatchObject([
      {
        actionName: 'tell',
        actionsTaskId: 'telling',
        finding: { findingId, checkName: expiring, reasonForNonComplianceCode: 'CERTIFICATE_APPROACHING_EXPIRATION' },
      },
    ]);
  });

  documented(guide, 'fails where its role may not do it, and is skipped where it does not apply', async () => {
    await createAction('powerless', { updateDeviceCertificateParams: { action: 'DEACTIVATE' } }, await role('iot:ListThings'));
    const { certificateId } = await registerExpiring();
    const { execution } = await mitigate('failing', { check: expiring, action: 'powerless', resource: certificateId });
    expect(execution).toMatchObject({ status: 'FAILED', errorCode: 'AccessDeniedException' });
    const skipped = await mitigate('skipping', { check: expiring, action: 'log', resource: certificateId });
    expect(skipped.execution).toMatchObject({ status: 'SKIPPED' });
    expect(await iot.send(new DescribeAuditMitigationActionsTaskCommand({ taskId: 'skipping' }))).toMatchObject({
      ...{ taskStatus: 'COMPLETED', taskStatistics: { [expiring]: { totalFindingsCount: 1, skippedFindingsCount: 1 } } },
      auditCheckToActionsMapping: { [expiring]: ['log'] },
    });
  });

  documented('API reference, StartAuditMitigationActionsTask', 'is applied to findings or to an audit, once under one name', async () => {
    const start = (taskId: string, target: object) =>
      iot.send(new StartAuditMitigationActionsTaskCommand({ taskId, target, auditCheckToActionsMapping: { [expiring]: ['deactivate'] } }));
    await expect(start('new', {})).rejects.toMatchObject(refused);
    await expect(start('skipping', { findingIds: ['x'] })).rejects.toMatchObject({ name: 'TaskAlreadyExistsException' });
    await expect(start('new', { auditTaskId: 'unknown' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
