import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { provePki } from '../../../approaches/pki/prove.ts';
import { recoveryProofs } from '../../../approaches/pki/verify/recovery.ts';
import { claimEntryOf } from '../../../device/onboarding/claim-entry.ts';
import { openFileKeyStore } from '../../../device/store/file-key-store.ts';
import { readTicket, ticketClaimSource } from '../../../device/recovery/file-ticket-source.ts';
import { recoveringStore } from '../../../device/recovery/recovering-store.ts';
import { runRecover } from '../../../device/recovery/run-recover.ts';
import { recoveryPrincipalOf } from '../../../domain/recovery/recovery-connection.ts';
import { type RecoveryTicket, recoveryTicket } from '../../../domain/recovery/recovery-ticket.ts';
import { NOON } from '../../builders/enrollment.ts';

const ticket: RecoveryTicket = z.parse(recoveryTicket, {
  ...{ schemaVersion: 1, serialNumber: 'SN-1', line: 'sensor', thingName: 'muster:sensor:SN-1', template: 'muster-sensor' },
  ...{
    clientIdPrefix: 'muster-claim-sensor-',
    authorizer: 'muster-recovery',
    endpoint: 'broker.example',
    ticket: 'T'.repeat(43),
    expiresAt: NOON,
  },
});
const privateKeyPem = await provePki.makeKey('ec-p256');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-recover-'));
});
afterEach(() => rm(directory, { recursive: true }));

const written = async (text: string, mode = 0o600): Promise<string> => {
  const file = join(directory, 'device.ticket.json');
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
};

describe('A ticket in the place of a claim', () => {
  test('is shown with a signature of the device’s key for this one connection, at the port of authorizers', async () => {
    const claim = await ticketClaimSource(ticket, {}).read();
    const clientId = `${claim.clientIdPrefix}1`;
    const { request, claimCertificateId } = claimEntryOf(claim, { clientId, privateKeyPem, at: NOON });
    expect(claimCertificateId).toBe(recoveryPrincipalOf(clientId));
    expect(request).toMatchObject({ endpoint: { host: 'broker.example', port: 443 }, clientId });
    const { username, password } = z.parse(z.object({ username: z.string(), password: z.string() }), request.identity);
    expect(username).toBe('muster:sensor:SN-1?x-amz-customauthorizer-name=muster-recovery');
    const proof = recoveryProofs.read(password);
    const occasion = { serverName: 'broker.example', clientId, thingName: ticket.thingName };
    expect(proof && recoveryProofs.signerOf(proof, occasion)).toMatch(/^[0-9a-f]{64}$/);
    expect(proof && recoveryProofs.signerOf(proof, { ...occasion, clientId: 'another' })).toBeUndefined();
    expect(password).not.toContain('PRIVATE');
  });

  test('is read from a file for its owner alone', async () => {
    expect(await readTicket(await written(JSON.stringify(ticket)))).toEqual(ticket);
    await expect(readTicket(await written(JSON.stringify(ticket), 0o644))).rejects.toThrow('expected 0600');
    await expect(readTicket(join(directory, 'nothing'))).rejects.toThrow('does not exist');
  });

  test('is not repeated where it cannot be read', async () => {
    const damaged = readTicket(await written(JSON.stringify({ ...ticket, line: 7 })));
    await expect(damaged).rejects.toThrow('is not a ticket');
    await expect(damaged).rejects.not.toThrow(ticket.ticket);
  });
});

describe('A device that comes back', () => {
  const registration = { certificateId: 'old', certificatePem: 'old', thingName: 'muster:sensor:SN-1', endpoint: 'broker.example' };

  test('asks anew, and keeps what it has on record until it has more', async () => {
    const store = await openFileKeyStore(join(directory, 'state'));
    const onboarded = { schemaVersion: 1, serialNumber: 'SN-1', stage: 'onboarded', registration } as const;
    await store.writeRecord(onboarded);
    expect(await recoveringStore(store).readRecord()).toEqual({ schemaVersion: 1, serialNumber: 'SN-1', stage: 'asking' });
    expect(await store.readRecord()).toEqual(onboarded);
    const registered = { ...onboarded, stage: 'registered' } as const;
    await store.writeRecord(registered);
    expect(await recoveringStore(store).readRecord()).toEqual(registered);
  });

  test('makes no key: without its own it is told so, and connects to nobody', async () => {
    const said: string[] = [];
    const options = { ticket: await written(JSON.stringify(ticket)), state: join(directory, 'state'), mqttVersion: '5', timeout: '5s' };
    const code = await runRecover(options, { out: () => undefined, error: (line) => said.push(line) });
    expect({ code, said: said.join() }).toEqual({
      code: 78,
      said: expect.stringContaining('private key of this device is gone') as unknown,
    });
  });
});
