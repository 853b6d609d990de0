import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provePki } from '../../approaches/pki/prove.ts';
import { anIDevId, aVendorCa, aVendorIssuer } from '../builders/vendor.ts';
import { enrollRows, type Request, requestOf, runDevice, send } from './drivers/proving-device.ts';
import { type Stage, aClaim, admittedBy, enrollmentOf, openStage } from './drivers/stage.ts';

const vendor = await aVendorCa();
const issuer = await aVendorIssuer(vendor);
const idevid = await anIDevId(issuer, 'VENDOR-1');
const secret = randomBytes(32).toString('base64');

const refusedFor = (reason: string) => ({ result: 'rejected', record: { code: 'admission.refused', reason } });

let stage: Stage;
let claim: Awaited<ReturnType<typeof aClaim>>;
let gatewayClaim: typeof claim;
let files: { readonly secret: string; readonly certificate: string; readonly key: string };

const keep = async (name: string, text: string, mode = 0o600): Promise<string> => {
  const path = join(stage.fleet.folder, name);
  await writeFile(path, text, { mode });
  return path;
};

beforeAll(async () => {
  stage = await openStage();
  claim = await aClaim(stage, 'sensor', 20);
  gatewayClaim = await aClaim(stage, 'gateway', 20);
  await keep('vendor-ca.pem', vendor.pem);
  files = {
    secret: await keep('device-secret', secret),
    certificate: await keep('idevid.pem', idevid.pem + issuer.pem),
    key: await keep('idevid.key', idevid.keyPem),
  };
  await enrollRows(stage, [
    { serial: 'CODE-1', line: 'sensor', enrollment_code: 'K7RM-42XW' },
    { serial: 'CODE-2', line: 'sensor', enrollment_code: 'K7RM-42XW' },
    { serial: 'SECRET-1', line: 'sensor', device_secret: secret },
    { serial: 'SECRET-2', line: 'sensor', device_secret: secret },
    { serial: 'VENDOR-1', line: 'gateway', vendor_ca: 'vendor-ca.pem' },
    { serial: 'WEAK-1', line: 'gateway', device_secret: secret },
    { serial: 'PINNED-1', line: 'gateway', pinned_key: 'a'.repeat(64) },
  ]);
}, 60_000);

afterAll(() => stage.close());

const stateOf = async (line: string, serial: string) => (await enrollmentOf(stage, line, serial))?.state;

describe('A device proves itself with what it was given', () => {
  test('by a code, once: the same key may come again, another may not', async () => {
    const state = join(stage.fleet.folder, 'devices', 'CODE-1');
    const run = { serial: 'CODE-1', claim: claim.file, state, enrollmentCode: 'k7rm 42xw' };
    expect(await runDevice(stage, run)).toMatchObject({ exitCode: 0, result: { outcome: 'onboarded' } });
    const enrollment = await enrollmentOf(stage, 'sensor', 'CODE-1');
    expect(enrollment?.requirement['codeUsedBy']).toBe(enrollment?.boundKey);
    const means = { kind: 'enrollment-code', code: 'K7RM42XW' } as const;
    const another = await requestOf(claim, { line: 'sensor', serial: 'CODE-1', means });
    expect(await send(stage, claim, another)).toMatchObject(refusedFor('code-already-used'));
  }, 60_000);

  test('by a secret of its own', async () => {
    const run = { serial: 'SECRET-1', claim: claim.file, deviceSecretFile: files.secret };
    expect(await runDevice(stage, run)).toMatchObject({ exitCode: 0, result: { outcome: 'onboarded' } });
  }, 60_000);

  test('by a certificate from its maker', async () => {
    const run = { serial: 'VENDOR-1', claim: gatewayClaim.file, vendorCertificate: files.certificate, vendorKey: files.key };
    expect(await runDevice(stage, run)).toMatchObject({ exitCode: 0, result: { outcome: 'onboarded' } });
  }, 60_000);

  test('and is refused with a code that is another, and told no reason', async () => {
    const run = { serial: 'CODE-2', claim: claim.file, enrollmentCode: 'K7RM-42XX' };
    const { exitCode, result } = await runDevice(stage, run);
    expect({ exitCode, outcome: result['outcome'] }).toEqual({ exitCode: 77, outcome: 'refused' });
    expect(result['message']).toBe('AWS IoT refused with status 403, AccessDenied: Access denied.');
    expect(await stateOf('sensor', 'CODE-2')).toBe('registered');
  }, 60_000);

  test('and may prove too little for its line', async () => {
    const means = { kind: 'device-secret', secret } as const;
    const request = await requestOf(gatewayClaim, { line: 'gateway', serial: 'WEAK-1', means });
    expect(await send(stage, gatewayClaim, request)).toMatchObject(refusedFor('evidence-too-weak'));
    expect(await stateOf('gateway', 'WEAK-1')).toBe('registered');
  }, 60_000);
});

describe('Evidence that was overheard', () => {
  let overheard: Request;

  beforeAll(async () => {
    overheard = await requestOf(claim, { line: 'sensor', serial: 'SECRET-2', means: { kind: 'device-secret', secret } });
  });

  test('is worth nothing for another key', async () => {
    const mine = await requestOf(claim, { line: 'sensor', serial: 'SECRET-2', privateKeyPem: await provePki.makeKey('ec-p256') });
    expect(await send(stage, claim, { ...mine, evidence: overheard.evidence })).toMatchObject(refusedFor('evidence-refused'));
  }, 60_000);

  test('is worth nothing by another claim', async () => {
    expect(await send(stage, await aClaim(stage, 'sensor', 1), overheard)).toMatchObject(refusedFor('evidence-refused'));
  }, 60_000);

  test('is worth nothing for another serial number, even of a device with the same secret', async () => {
    expect(await send(stage, claim, { ...overheard, serial: 'SECRET-1' })).toMatchObject(refusedFor('evidence-refused'));
  }, 60_000);

  test('and what is cut short, missing or more than was asked for is refused, too', async () => {
    const { evidence = '' } = overheard;
    for (const changed of [evidence.replace(/.{4}"}$/, '"}'), evidence.replace('}', ',"trust":"me"}'), '{}', undefined]) {
      expect(await send(stage, claim, { ...overheard, evidence: changed })).toMatchObject(refusedFor('evidence-refused'));
    }
    expect(await stateOf('sensor', 'SECRET-2')).toBe('registered');
  }, 60_000);

  test('is still good for the device that made it', async () => {
    expect(await send(stage, claim, overheard)).toMatchObject({ result: 'accepted' });
  }, 60_000);
});

describe('F1, F2: a leaked claim', () => {
  test('gets nobody in on a line with device-unique proof, whatever serial numbers are known', async () => {
    const before = await admittedBy(stage, gatewayClaim);
    for (const [serial, reason] of [
      ['PINNED-1', 'not-the-pinned-key'],
      ['VENDOR-1', 'evidence-refused'],
      ['WEAK-1', 'evidence-refused'],
      ['NOBODY-1', 'unknown-serial'],
    ] as const) {
      expect(await send(stage, gatewayClaim, await requestOf(gatewayClaim, { line: 'gateway', serial }))).toMatchObject(refusedFor(reason));
    }
    expect(await admittedBy(stage, gatewayClaim)).toBe(before);
  }, 60_000);
});
