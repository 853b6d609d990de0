import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IoTClient } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { describeDeployment } from '../../../aws/cloudformation/deployment.ts';
import { type Fleet, closeFleet, makeClaim, openFleet } from '../../../demo/fleet.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { certificateId, lineName } from '../../../domain/identifiers.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { type SharedEnvironment, useSharedEnvironment } from '../environment/shared-environment.ts';
import type { ClaimCredential } from './claim-connection.ts';

/** What a suite acts with: the shared deployment, seen by an operator, a factory and an auditor. */
export interface Stage {
  readonly shared: SharedEnvironment;
  readonly fleet: Fleet;
  readonly iot: IoTClient;
  readonly logs: CloudWatchLogsClient;
  readonly auditLogGroupName: string;
  readonly tableName: string;
  close(): Promise<void>;
}

/** On the deployment that suites share, unless another is given. */
export const openStage = async (shared: SharedEnvironment = useSharedEnvironment()): Promise<Stage> => {
  const fleet = await openFleet(shared);
  // Suites look at many certificates at once: AWS IoT throttles that, and they ask again.
  const [iot, logs, cloudFormation] = [new IoTClient({ maxAttempts: 12 }), new CloudWatchLogsClient(), new CloudFormationClient()];
  const { auditLogGroupName, tableName } = await describeDeployment(cloudFormation, fleet.operator.configuration.prefix);
  const close = async (): Promise<void> => {
    for (const client of [iot, logs, cloudFormation]) client.destroy();
    await closeFleet(fleet);
  };
  return { shared, fleet, iot, logs, auditLogGroupName, tableName, close };
};

export const lineOf = (name: string) => z.parse(lineName, name);

export const thingOf = ({ fleet }: Stage, line: string, serial: string) =>
  thingNameOf(fleet.operator.configuration.prefix, lineOf(line), z.parse(serialNumber, serial));

/** Makes a claim; `file` is where its description lies, for devices that read it. */
export const aClaim = async (stage: Stage, line: string, quota: number): Promise<ClaimCredential & { readonly file: string }> =>
  claimCredentialOf(stage, await makeClaim(stage.fleet, lineOf(line), { name: `e2e-${randomUUID().slice(0, 18)}`, quota }));

/** What a device finds in the files of a claim that was made. */
export const claimCredentialOf = async (
  { fleet }: Stage,
  { claim, certificateId: claimCertificate, files }: Awaited<ReturnType<typeof makeClaim>>,
): Promise<ClaimCredential & { readonly file: string }> => {
  const names = resourceNames(fleet.operator.configuration.prefix);
  return {
    identity: { certificatePem: await readFile(files.certificate, 'utf8'), privateKeyPem: await readFile(files.privateKey, 'utf8') },
    certificateId: claimCertificate,
    clientIdPrefix: names.claimClientIdPrefix(claim.line),
    template: names.template(claim.line),
    file: files.claim,
  };
};

/** How many serials a claim has admitted. */
export const admittedBy = async ({ fleet }: Stage, claim: Pick<ClaimCredential, 'certificateId'>): Promise<number | undefined> =>
  (await fleet.operator.store.readClaim(z.parse(certificateId, claim.certificateId)))?.admitted;

export const enrollmentOf = async (stage: Stage, line: string, serial: string): Promise<Enrollment | undefined> =>
  (await stage.fleet.operator.store.readMany([thingOf(stage, line, serial)]))[0];
