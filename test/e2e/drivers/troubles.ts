import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { AttachPolicyCommand, AttachThingPrincipalCommand, CreateKeysAndCertificateCommand } from '@aws-sdk/client-iot';
import { GetPendingJobExecutionsCommand, IoTJobsDataPlaneClient, UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { createDynamoDbDueRotations } from '../../../aws/dynamodb/due-rotations.ts';
import { eventually } from '../../../demo/eventually.ts';
import { enroll, makeClaim } from '../../../demo/fleet.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { rotationResume } from '../../../domain/operations/rotation-resume.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { enrollmentKeyOf } from '../../../domain/thing-name.ts';
import type { LocalAws } from '../../../local/main.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { ClaimConnection, type ClaimCredential } from './claim-connection.ts';
import { type Device, bringIn, provision } from './devices.ts';
import { MqttConnection, tryToConnect } from './mqtt-connection.ts';
import type { OwnFleet } from './own-fleet.ts';
import { claimCredentialOf, enrollmentOf, lineOf, thingOf } from './stage.ts';

/** As low as they go, so that little rings. */
export const MANY = 3;
const DAY_MS = 86_400_000;

/** One of everything that has an alarm. */
export const fleetInTrouble = async ({ issuers, endpoint }: LocalAws): Promise<object> => {
  await issuers.create({ name: 'fleet', algorithm: 'ES256' });
  return {
    lines: [
      { name: 'sensor', attestation: 'serial-only', accept: 'serial-only' },
      {
        ...{ name: 'meter', recovery: 'ticket', triggers: { refusedPublishes: 'alarm' } },
        rotation: { canary: 0, abortAfter: 1, abortAbove: 0 },
      },
      { name: 'valve', approaches: ['psk'], attestation: 'device-secret' },
      { name: 'beacon', approaches: ['oauth'], attestation: 'device-secret' },
    ],
    approaches: {
      psk: { lines: { valve: {} } },
      oauth: { issuers: [{ issuer: `${endpoint}/_oauth/fleet`, audience: 'https://fleet.example' }], lines: { beacon: {} } },
    },
    alarms: {
      ...{ claimRefusalsPerFiveMinutes: MANY, unknownSerialsPerFiveMinutes: MANY },
      ...{ connectionRefusalsPerFiveMinutes: MANY, refusedPublishesPerFiveMinutes: MANY },
    },
  };
};

const authorized: Readonly<Record<string, { readonly authorizer: string; readonly line: string }>> = {
  psk: { authorizer: 'psk', line: 'valve' },
  oauth: { authorizer: 'oauth', line: 'beacon' },
  pki: { authorizer: 'recovery', line: 'meter' },
};

/** What can go wrong with a fleet, and how it is made to. */
export class Troubles {
  readonly #fleet: OwnFleet;
  readonly #lambda = new LambdaClient({ maxAttempts: 1 });
  readonly #dynamoDb = new DynamoDBClient();
  readonly #jobs = new IoTJobsDataPlaneClient();
  #made = 0;

  constructor(fleet: OwnFleet) {
    this.#fleet = fleet;
  }

  /** Devices ask to be let in whose serials nobody registered. */
  async tryUnknownSerials(line: string, claimName: string): Promise<void> {
    const claim = await this.#claim(line, claimName, 10);
    for (let one = 0; one < MANY; one += 1) await this.#ask(claim, this.#serial());
  }

  async spendClaim(claimName: string): Promise<void> {
    const { stage } = this.#fleet;
    const serial = this.#serial();
    await enroll(stage.fleet, lineOf('sensor'), [{ serial }]);
    await provision(stage, { claim: await this.#claim('sensor', claimName, 1), serial });
    await this.#run('ClaimsSweep');
  }

  async contest(): Promise<void> {
    const { stage } = this.#fleet;
    const serial = this.#serial();
    await enroll(stage.fleet, lineOf('sensor'), [{ serial }]);
    const claim = await this.#claim('sensor', 'contested', 10);
    await provision(stage, { claim, serial });
    await this.#ask(claim, serial);
  }

  async useUnknownClaim(): Promise<void> {
    const { iot, fleet } = this.#fleet.stage;
    const names = resourceNames(fleet.operator.configuration.prefix);
    const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await iot.send(new AttachPolicyCommand({ policyName: names.claimPolicy(lineOf('sensor')), target: made.certificateArn }));
    const credential: ClaimCredential = {
      identity: { certificatePem: made.certificatePem ?? '', privateKeyPem: made.keyPair?.PrivateKey ?? '' },
      certificateId: made.certificateId ?? '',
      clientIdPrefix: names.claimClientIdPrefix(lineOf('sensor')),
      template: names.template(lineOf('sensor')),
    };
    await this.#ask(credential, this.#serial());
  }

  /** Two connect in turn under one name, from two addresses. */
  async clone(): Promise<void> {
    const { stage } = this.#fleet;
    const { identity, thingName } = await this.#anActive();
    const open: MqttConnection[] = [];
    for (const from of [2, 3, 2, 3, 2, 3, 2]) {
      await setTimeout(1_500);
      const dialling = { shared: stage.shared, identity, clientId: thingName, version: 5, from: `127.0.0.${from}` } as const;
      const connection = await MqttConnection.dial(dialling);
      if (typeof connection !== 'string') open.push(connection);
    }
    for (const connection of open) await connection.close();
  }

  async publishForbidden(): Promise<void> {
    const { identity, thingName } = await this.#anActive();
    const connection = await MqttConnection.open({ shared: this.#fleet.stage.shared, identity, clientId: thingName, version: 5 });
    for (let time = 0; time < MANY; time += 1) await connection.publish(`somebody/else/${time}`, '{}');
    await connection.close();
  }

  async forgeProofs(approach: string, times = MANY): Promise<void> {
    const { stage } = this.#fleet;
    const { authorizer = '', line = '' } = authorized[approach] ?? {};
    const name = resourceNames(stage.fleet.operator.configuration.prefix).authorizer(authorizer);
    for (let time = 0; time < times; time += 1) {
      const clientId = thingOf(stage, line, this.#serial());
      const proof = { username: `${clientId}?x-amz-customauthorizer-name=${name}`, password: 'forged' };
      expect(await tryToConnect({ shared: stage.shared, clientId, proof })).not.toBe('done');
    }
  }

  async attachByHand(): Promise<void> {
    const { iot, tableName } = this.#fleet.stage;
    const { thingName } = (await this.#anActive()).enrollment;
    const { certificateArn } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }));
    // As if nobody had touched the device for ten minutes.
    await this.#dynamoDb.send(
      new UpdateItemCommand({
        ...{ TableName: tableName, UpdateExpression: 'SET reconcileAt = :at', ExpressionAttributeValues: { ':at': { N: '1' } } },
        Key: { pk: { S: `enrollment#${enrollmentKeyOf(thingName)}` }, sk: { S: 'enrollment' } },
      }),
    );
    await this.#run('Reconciliation');
  }

  /** One device says that it cannot; then its line stands still, while another is due for weeks. */
  async haltRotation(): Promise<void> {
    const failing = await this.#due(1);
    await this.#run('Rotation');
    const jobId = await eventually('its job', async () => {
      const { queuedJobs = [] } = await this.#jobs.send(new GetPendingJobExecutionsCommand({ thingName: failing.thingName }));
      return queuedJobs[0]?.jobId;
    });
    await this.#jobs.send(new UpdateJobExecutionCommand({ thingName: failing.thingName, jobId, status: 'FAILED' }));
    await this.#run('Rotation');
    await this.#due(20);
    await this.#run('Rotation');
  }

  async resumeRotation(): Promise<void> {
    await this.#fleet.stage.fleet.operator.client.call(rotationResume, { line: lineOf('meter'), note: 'mended' });
    await this.#run('Rotation');
  }

  /** Somebody who comes to a door so often, and has what it takes to come that far. */
  async knocker(door: string): Promise<(times: number) => Promise<void>> {
    const [approach] = Object.entries(authorized).find(([, { authorizer }]) => door === `${authorizer}-authorizer`) ?? [];
    if (approach !== undefined) return (times) => this.forgeProofs(approach, times);
    const claim = await this.#claim('sensor', `knocking-${this.#serial().toLowerCase()}`, 10);
    return async (times) => {
      for (let time = 0; time < times; time += 1) await this.#ask(claim, this.#serial());
    };
  }

  close(): void {
    for (const client of [this.#lambda, this.#dynamoDb, this.#jobs]) client.destroy();
  }

  async #claim(line: string, name: string, quota: number): Promise<ClaimCredential> {
    const { fleet } = this.#fleet.stage;
    return claimCredentialOf(this.#fleet.stage, await makeClaim(fleet, lineOf(line), { name, quota }));
  }

  /** Asks to be let in, and is not. */
  async #ask(claim: ClaimCredential, SerialNumber: string): Promise<void> {
    const connection = await ClaimConnection.open(this.#fleet.stage.shared, claim);
    const { certificateOwnershipToken } = await connection.certificateFor(requestPem());
    expect(await connection.registerThing(certificateOwnershipToken, { SerialNumber })).toMatchObject({ result: 'rejected' });
    await connection.close();
  }

  async #anActive(): Promise<Device & { readonly enrollment: Enrollment }> {
    const { stage } = this.#fleet;
    const serial = this.#serial();
    const [device] = await bringIn(stage, 'meter', [{ serial }]);
    const enrollment = await eventually(`the activation of ${serial}`, async () => {
      const found = await enrollmentOf(stage, 'meter', serial);
      return found?.state === 'active' && found.toRetire.length === 0 ? found : undefined;
    });
    if (device === undefined) throw new Error(`${serial} did not come in.`);
    return { ...device, enrollment };
  }

  /** A device whose credential was due so many days ago. */
  async #due(days: number): Promise<Enrollment> {
    const { enrollment } = await this.#anActive();
    await createDynamoDbDueRotations(this.#dynamoDb, this.#fleet.stage.tableName).setDue(enrollment, Date.now() - days * DAY_MS);
    return enrollment;
  }

  /** Runs a scheduled function now. */
  async #run(part: 'Rotation' | 'Reconciliation' | 'ClaimsSweep'): Promise<void> {
    const { Functions = [] } = await this.#lambda.send(new ListFunctionsCommand({}));
    const FunctionName = Functions.find(({ FunctionName: name }) => name?.includes(`-${part}Function`))?.FunctionName;
    const { FunctionError } = await this.#lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
    expect(FunctionError).toBeUndefined();
  }

  #serial(): string {
    this.#made += 1;
    return `TROUBLE-${this.#made}`;
  }
}
