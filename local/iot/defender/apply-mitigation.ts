import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { type AuditFinding, findingView } from './audit-finding.ts';
import type { DefenderPorts } from './defender-ports.ts';
import type { MitigationAction, MitigationKind } from './mitigation-action.ts';

/** One action on one finding. */
export interface Application {
  readonly action: MitigationAction;
  readonly finding: AuditFinding;
  /** Of the mitigation. */
  readonly taskId: string;
}

type Apply = (application: Application, client: ControlPlaneClient, ports: DefenderPorts) => Promise<unknown>;

const certificateOf = ({ resource }: AuditFinding): string =>
  z.object({ deviceCertificateId: z.string() }).parse(resource.resourceIdentifier).deviceCertificateId;

const authorityOf = ({ resource }: AuditFinding): string =>
  z.object({ caCertificateId: z.string() }).parse(resource.resourceIdentifier).caCertificateId;

const policyOf = ({ resource }: AuditFinding): string =>
  z.object({ policyVersionIdentifier: z.object({ policyName: z.string() }) }).parse(resource.resourceIdentifier).policyVersionIdentifier
    .policyName;

const groups = z.object({ thingGroupNames: z.array(z.string()), overrideDynamicGroups: z.boolean().optional() });
const logging = z.object({ roleArnForLogging: z.string(), logLevel: z.string() });
const topic = z.object({ topicArn: z.string() });
const things = z.object({ things: z.array(z.string()) });

/** Grants nothing, as the template BLANK_POLICY says. */
const blankPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['iot:*'], Resource: ['*'] }] });

const addThings: Apply = async ({ action, finding }, client, { registry }) => {
  const { thingGroupNames, overrideDynamicGroups } = groups.parse(action.params);
  const principal = registry.arn('cert', certificateOf(finding));
  const attached = things.parse(await client.call('ListPrincipalThings', { principal }));
  for (const thingName of attached.things)
    for (const thingGroupName of thingGroupNames)
      await client.call('AddThingToThingGroup', { thingName, thingGroupName, overrideDynamicGroups });
};

const publish: Apply = async ({ action, finding, taskId }, _client, { roles, notifications, registry }) => {
  const { topicArn: targetArn } = topic.parse(action.params);
  const told = {
    accountId: registry.account.accountId,
    actionName: action.actionName,
    actionsTaskId: taskId,
    finding: findingView(finding),
  };
  await roles.work(action.roleArn, async () => notifications?.publish({ targetArn, message: JSON.stringify(told) }));
};

const byKind: Readonly<Record<MitigationKind, Apply>> = {
  UPDATE_DEVICE_CERTIFICATE: ({ finding }, client) =>
    client.call('UpdateCertificate', { certificateId: certificateOf(finding), newStatus: 'INACTIVE' }),
  UPDATE_CA_CERTIFICATE: ({ finding }, client) =>
    client.call('UpdateCACertificate', { certificateId: authorityOf(finding), newStatus: 'INACTIVE' }),
  ADD_THINGS_TO_THING_GROUP: addThings,
  REPLACE_DEFAULT_POLICY_VERSION: ({ finding }, client) =>
    client.call('CreatePolicyVersion', { policyName: policyOf(finding), policyDocument: blankPolicy, setAsDefault: true }),
  ENABLE_IOT_LOGGING: ({ action }, client) => {
    const { roleArnForLogging: roleArn, logLevel: defaultLogLevel } = logging.parse(action.params);
    return client.call('SetV2LoggingOptions', { roleArn, defaultLogLevel, disableAllLogs: false });
  },
  PUBLISH_FINDING_TO_SNS: publish,
};

/** Does what an action says, with its role. Answers why not, where it could not be done. */
export const applyMitigation = async (application: Application, ports: DefenderPorts): Promise<AwsError | undefined> => {
  const { roleArn, kind } = application.action;
  try {
    await byKind[kind](application, ports.roles.actAs(roleArn, ports.controlPlane()), ports);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  return undefined;
};
