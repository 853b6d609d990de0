import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateProvisioningClaimCommand, DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { createIotFieldClaims } from '../../aws/iot/field-claims.ts';
import { type CreatedClaim, createClaim, rotateClaim } from '../../cli/claims/create-claim.ts';
import { createFieldClaim, fieldClaimName } from '../../cli/claims/create-field-claim.ts';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import { claimsClose } from '../../domain/operations/claims-close.ts';
import { claimsShow } from '../../domain/operations/claims-show.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { aClaimName, aLine } from '../builders/identifiers.ts';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { decisionsOf } from './drivers/audit-log.ts';
import { type Answer, ClaimConnection, type ClaimCredential } from './drivers/claim-connection.ts';
import { type Stage, openStage } from './drivers/stage.ts';

const HOUR_MS = 3_600_000;
const line = aLine('sensor');

let stage: Stage;
let out: string;
let lambda: LambdaClient;

beforeAll(async () => {
  stage = await openStage();
  lambda = new LambdaClient();
  out = await mkdtemp(join(tmpdir(), 'muster-e2e-claims-'));
});
afterAll(async () => {
  lambda.destroy();
  await rm(out, { recursive: true });
  await stage.close();
});

const names = () => resourceNames(stage.fleet.operator.configuration.prefix);
const place = () => ({ out, endpoint: stage.fleet.endpoint });

const credentialOf = async ({ certificateId, files }: CreatedClaim): Promise<ClaimCredential> => ({
  identity: { certificatePem: await readFile(files.certificate, 'utf8'), privateKeyPem: await readFile(files.privateKey, 'utf8') },
  certificateId,
  clientIdPrefix: names().claimClientIdPrefix(line),
  template: names().template(line),
});

const create = async (name: string, more: { readonly quota?: number; readonly expiresAt?: number } = {}) => {
  const wishes = { name: aClaimName(name), line, quota: 10, expiresAt: Date.now() + HOUR_MS, ...more };
  const created = await createClaim(stage.fleet.operator.client, wishes, place());
  return { created, credential: await credentialOf(created) };
};

const serials = (stem: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${stem}-${index}`);

const enrolled = async (stem: string, count: number): Promise<readonly string[]> => {
  const all = serials(stem, count);
  await enroll(
    stage.fleet,
    line,
    all.map((serial) => ({ serial })),
  );
  return all;
};

/** One device that onboards by a claim; with the client id that it used. */
const onboard = async (claim: ClaimCredential, serial: string): Promise<Answer & { readonly clientId: string }> => {
  const connection = await ClaimConnection.open(stage.shared, claim, { version: 5 });
  try {
    const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys: ecKeys() }));
    return { ...(await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial })), clientId: connection.clientId };
  } finally {
    await connection.close();
  }
};

const reasonOf = (clientId: string): Promise<string> =>
  eventually(
    'the reason of a refusal',
    async () => (await decisionsOf(stage, clientId)).find(({ reason }) => reason !== undefined)?.reason,
  );

const show = async (name: string) => (await stage.fleet.operator.client.call(claimsShow, { name: aClaimName(name) })).claim;

describe('A claim of ten', () => {
  test('lets in exactly ten of sixty-four devices that come at once', async () => {
    const [{ credential }, all] = await Promise.all([create('e2e-ten'), enrolled('TEN', 64)]);
    const answers = await Promise.all(all.map((serial) => onboard(credential, serial)));
    const accepted = answers.filter(({ result }) => result === 'accepted');
    const rejected = answers.filter(({ result }) => result === 'rejected');
    expect([accepted.length, rejected.length]).toEqual([10, 54]);
    expect(await show('e2e-ten')).toMatchObject({ admitted: 10, quota: 10, state: 'exhausted' });
  }, 120_000);
});

describe('Closing a claim', () => {
  test('refuses the next admission, takes the certificate out, and ends the connections that are there', async () => {
    const { created, credential } = await create('e2e-close');
    const [serial = ''] = await enrolled('CLOSE', 1);
    const connection = await ClaimConnection.open(stage.shared, credential, { version: 5 });
    const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys: ecKeys() }));
    const { claims, client } = stage.fleet.operator;
    const [claim] = await claims.readClaims([created.certificateId]);
    if (claim === undefined) throw new Error('The claim is not on record.');
    const event = { schemaVersion: 1, id: 'e2e', at: Date.now(), code: 'claim.closed', actor: { kind: 'service', name: 'e2e' } } as const;
    // The record alone, which is what closing does first: the connection is still there, and the hook refuses.
    await claims.close(claim, event);
    expect(await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial })).toMatchObject({ result: 'rejected' });
    expect(await reasonOf(connection.clientId)).toBe('claim-closed');
    const { connections } = await eventually('the connection of the claim to be seen', async () => {
      const answer = await client.call(claimsClose, { claim: { name: claim.name } });
      return answer.connections.ended + answer.connections.gone > 0 ? answer : undefined;
    });
    expect(connections.left).toBe(0);
    const { certificateDescription } = await stage.iot.send(new DescribeCertificateCommand({ certificateId: created.certificateId }));
    expect(certificateDescription?.status).toBe('INACTIVE');
    await expect(ClaimConnection.open(stage.shared, credential)).rejects.toThrow('could not connect');
    await connection.close();
  }, 60_000);
});

describe('Rotating a claim', () => {
  test('keeps both certificates good, on one quota exactly', async () => {
    const { credential: first } = await create('e2e-rotate', { quota: 3 });
    const all = await enrolled('ROTATE', 5);
    const rotated = await rotateClaim(stage.fleet.operator.client, { name: aClaimName('e2e-rotate'), overlapMs: HOUR_MS }, place());
    const second = await credentialOf(rotated);
    expect(second.certificateId).not.toBe(first.certificateId);
    const [a = '', b = '', c = '', d = '', e = ''] = all;
    const results = [await onboard(first, a), await onboard(second, b), await onboard(second, c)].map(({ result }) => result);
    expect(results).toEqual(['accepted', 'accepted', 'accepted']);
    const late = [await onboard(first, d), await onboard(second, e)];
    expect(late.map(({ result }) => result)).toEqual(['rejected', 'rejected']);
    for (const { clientId } of late) expect(await reasonOf(clientId)).toBe('claim-quota-exhausted');
    expect(await show('e2e-rotate')).toMatchObject({ admitted: 3, certificates: [{ state: 'open' }, { state: 'open' }] });
  }, 60_000);
});

describe('A claim of a technician', () => {
  test('lets a device in, once it is on record under the technician’s name', async () => {
    const [serial = '', other = ''] = await enrolled('FIELD', 2);
    const ports = {
      client: stage.fleet.operator.client,
      fieldClaims: createIotFieldClaims(stage.iot),
      templateName: names().template(line),
    };
    const created = await createFieldClaim(ports, { name: fieldClaimName(line), line, quota: 1 }, place());
    const credential = await credentialOf(created);
    expect(await onboard(credential, serial)).toMatchObject({ result: 'accepted' });
    expect(created.claim.technician).toMatch(/^arn:aws:/);
    expect(created.claim.expiresAt - Date.now()).toBeLessThanOrEqual(300_000);
    const { result, clientId } = await onboard(credential, other);
    expect(result).toBe('rejected');
    expect(await reasonOf(clientId)).toBe('claim-quota-exhausted');
  }, 60_000);

  test('opens nothing when nobody recorded it', async () => {
    const [serial = ''] = await enrolled('UNRECORDED', 1);
    const made = await stage.iot.send(new CreateProvisioningClaimCommand({ templateName: names().template(line) }));
    const credential: ClaimCredential = {
      identity: { certificatePem: made.certificatePem ?? '', privateKeyPem: made.keyPair?.PrivateKey ?? '' },
      certificateId: made.certificateId ?? '',
      clientIdPrefix: names().claimClientIdPrefix(line),
      template: names().template(line),
    };
    const { result, clientId } = await onboard(credential, serial);
    expect(result).toBe('rejected');
    expect(await reasonOf(clientId)).toBe('unknown-claim');
  }, 60_000);
});

describe('What is tried under a claim', () => {
  test('is counted by what it says of the claim', async () => {
    const { credential } = await create('e2e-count');
    for (const serial of serials('GUESS', 3)) await onboard(credential, serial);
    const { refusals } = await eventually('the count of refusals', async () => {
      const claim = await show('e2e-count');
      return (claim.refusals?.enumeration ?? 0) >= 3 ? claim : undefined;
    });
    expect(refusals).toMatchObject({ enumeration: 3, identity: 0, misuse: 0 });
  }, 60_000);
});

describe('A claim whose time is over', () => {
  test('is closed by the sweep, with its certificate', async () => {
    const { created } = await create('e2e-expired', { expiresAt: Date.now() + 3_000 });
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    const sweep = Functions.find(({ Description = '' }) => Description.includes('closes claims that have had their time'));
    await eventually('the sweep to close the claim', async () => {
      await lambda.send(new InvokeCommand({ FunctionName: sweep?.FunctionName }));
      return (await show('e2e-expired')).state === 'closed' ? true : undefined;
    });
    const { certificateDescription } = await stage.iot.send(new DescribeCertificateCommand({ certificateId: created.certificateId }));
    expect(certificateDescription?.status).toBe('INACTIVE');
    expect(await show('e2e-expired')).toMatchObject({ certificates: [{ closedBy: 'claim-sweep' }] });
  }, 60_000);
});
