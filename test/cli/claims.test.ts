import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createFileClaimSource } from '../../device/file-claim-source.ts';
import { certificateId } from '../../domain/identifiers.ts';
import { anOperator, OPERATOR_ARN } from '../builders/operator.ts';
import { runMuster } from '../fakes/muster-command.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'muster-claims-'));
});
afterEach(async () => {
  await rm(out, { recursive: true });
});

const options = () => ['--line', 'sensor', '--name', 'batch-7', '--quota', '100', '--expires', '30d', '--out', out];
const create = (operator: ReturnType<typeof anOperator>, ...more: readonly string[]) =>
  runMuster(operator.operator, 'claims', 'create', ...options(), ...more);
const replaced = (option: string, value: string) => options().map((part, index, all) => (all[index - 1] === option ? value : part));

describe('muster claims create', () => {
  test('leaves an active certificate with the claim policy of its line, and an open claim', async () => {
    const bench = anOperator();
    await create(bench, '--contact', 'line-7@example.com');
    const [[id, certificate] = []] = [...bench.cloud.certificates];
    expect(certificate).toEqual({ isActive: true, policies: new Set(['muster-claim-sensor']) });
    expect(await bench.store.readClaim(z.parse(certificateId, id))).toEqual({
      name: 'batch-7',
      line: 'sensor',
      certificateId: id,
      state: 'open',
      opensAt: bench.operator.now() - 300_000,
      expiresAt: bench.operator.now() + 30 * 86_400_000,
      quota: 100,
      admitted: 0,
      contact: 'line-7@example.com',
    });
  });

  test('writes what a device needs, the key for the owner only', async () => {
    await create(anOperator());
    expect((await readdir(out)).sort()).toEqual(['batch-7.certificate.pem', 'batch-7.claim.json', 'batch-7.private-key.pem']);
    expect((await stat(join(out, 'batch-7.private-key.pem'))).mode & 0o777).toBe(0o600);
    const claim = await createFileClaimSource({ claimFile: join(out, 'batch-7.claim.json') }).read();
    expect(claim).toMatchObject({
      line: 'sensor',
      template: 'muster-sensor',
      clientIdPrefix: 'muster-claim-sensor-',
      endpoint: 'x-ats.iot.eu-west-1.amazonaws.com',
    });
    expect(createPrivateKey(claim.identity.privateKeyPem).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  test('records who created it', async () => {
    const bench = anOperator();
    await create(bench);
    expect(bench.written).toEqual([
      expect.objectContaining({ code: 'claim.created', actor: { kind: 'operator', arn: OPERATOR_ARN }, claim: 'batch-7', line: 'sensor' }),
    ]);
  });

  test('prints one JSON object for programs, without the secret', async () => {
    const { output } = await create(anOperator(), '--json');
    expect(output).toHaveLength(1);
    const result: unknown = JSON.parse(output.join());
    expect(result).toMatchObject({ claim: { name: 'batch-7' }, files: { claim: join(out, 'batch-7.claim.json') } });
    expect(output.join()).not.toContain('PRIVATE KEY-----');
  });

  test('keeps the endpoint that it is given', async () => {
    await create(anOperator(), '--endpoint', 'localhost:18883');
    expect(await createFileClaimSource({ claimFile: join(out, 'batch-7.claim.json') }).read()).toMatchObject({
      endpoint: 'localhost:18883',
    });
  });

  test('never overwrites a file, and then touches nothing in the cloud', async () => {
    const bench = anOperator();
    await writeFile(join(out, 'batch-7.private-key.pem'), 'precious');
    await expect(create(bench)).rejects.toThrow(/batch-7.private-key.pem was not written/);
    expect(await readFile(join(out, 'batch-7.private-key.pem'), 'utf8')).toBe('precious');
    expect(bench.cloud.calls).toEqual([]);
  });

  test.each(['issue', 'attachPolicy', 'createClaim', 'dataEndpoint', 'setActive'])(
    'leaves nothing behind when %s fails, and can be run again',
    async (step) => {
      const bench = anOperator();
      bench.cloud.failing = step;
      await expect(create(bench)).rejects.toThrow(`${step} was not possible. Everything done before was undone.`);
      expect(bench.cloud.certificates.size).toBe(0);
      expect(await readdir(out)).toEqual([]);
      bench.cloud.failing = undefined;
      await create(bench);
      expect([...bench.cloud.certificates.values()]).toMatchObject([{ isActive: true }]);
    },
  );

  test('closes the claim when only its certificate could not be activated', async () => {
    const bench = anOperator();
    bench.cloud.failing = 'setActive';
    await expect(create(bench)).rejects.toThrow();
    expect(bench.cloud.closed.size).toBe(1);
  });

  test('says what it could not undo', async () => {
    const bench = anOperator();
    await writeFile(join(out, 'batch-7.claim.json'), 'in the way');
    bench.cloud.failing = 'discard';
    await expect(create(bench)).rejects.toThrow(/could not be undone, do so by hand: the certificate [0-9a-f]{64} \(Error: discard/);
    expect([...bench.cloud.certificates.values()]).toMatchObject([{ isActive: false }]);
  });

  test('is done even when the audit log cannot be written, and says so', async () => {
    const bench = anOperator();
    bench.cloud.failing = 'flush';
    const { code, errors } = await create(bench);
    expect(code).toBe(0);
    expect(errors.join()).toContain('the audit log could not be written');
  });

  test.each([
    ['--line', 'pump', 'expected one of sensor, gateway'],
    ['--line', 'a/b', 'line: got "a/b"'],
    ['--name', 'Batch 7', 'name: got "Batch 7"'],
    ['--quota', '0', 'quota: got "0"'],
    ['--quota', '1.5', 'quota: got "1.5"'],
    ['--expires', 'soon', '--expires is "soon"'],
    ['--expires', '2020-01-01', 'that is yet to come'],
    ['--expires', '2026-02-30T', '--expires is'],
  ])('refuses %s %s', async (option, value, message) => {
    const bench = anOperator();
    await expect(runMuster(bench.operator, 'claims', 'create', ...replaced(option, value))).rejects.toThrow(message);
    expect(bench.cloud.calls).toEqual([]);
    expect(await readdir(out)).toEqual([]);
  });
});

describe('muster claims close', () => {
  test('closes the claim first and its certificate second, and records it', async () => {
    const bench = anOperator();
    await create(bench);
    bench.cloud.calls.length = 0;
    const { output } = await runMuster(bench.operator, 'claims', 'close', join(out, 'batch-7.claim.json'));
    expect(bench.cloud.calls).toEqual(['closeClaim', 'setActive', 'flush']);
    expect([...bench.cloud.certificates.values()]).toMatchObject([{ isActive: false }]);
    expect(bench.written.at(-1)).toMatchObject({ code: 'claim.closed', claim: 'batch-7' });
    expect(output.join()).toBe('Closed claim "batch-7" of line "sensor" after 0 of 100 devices.');
  });

  test('takes a certificate id as well, and may be run again', async () => {
    const bench = anOperator();
    await create(bench);
    const [id = ''] = bench.cloud.certificates.keys();
    await runMuster(bench.operator, 'claims', 'close', id);
    await runMuster(bench.operator, 'claims', 'close', id);
    expect(bench.cloud.closed.size).toBe(1);
  });

  test('says so when there is no such claim', async () => {
    const { operator } = anOperator();
    await expect(runMuster(operator, 'claims', 'close', 'a'.repeat(64))).rejects.toThrow('There is no claim of certificate');
    await expect(runMuster(operator, 'claims', 'close', 'batch-7')).rejects.toThrow('"batch-7" names no claim');
  });
});
