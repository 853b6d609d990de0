import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileClaimSource } from '../../../device/store/file-claim-source.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'muster-claims-'));
});
afterEach(async () => {
  await rm(out, { recursive: true });
});

type Bench = ReturnType<typeof inProcessOperations>;

const aBench = (): Bench => inProcessOperations({ now: Date.now });
const options = () => ['--line', 'sensor', '--name', 'batch-7', '--quota', '100', '--expires', '30d', '--out', out];
const create = ({ client }: { readonly client: OperationsClient }, ...more: readonly string[]) =>
  runMuster({ client }, 'claims', 'create', ...options(), ...more);
const replaced = (option: string, value: string) => options().map((part, index, all) => (all[index - 1] === option ? value : part));
const at = (name: string) => join(out, name);
const claims = ({ client }: Bench, ...parameters: readonly string[]) => runMuster({ client }, 'claims', ...parameters);

/** A way to the operations on which every answer is lost. */
const losingAnswers = ({ client }: Bench): OperationsClient => ({
  call: async (contract, input, wishes) => {
    await client.call(contract, input, wishes);
    throw new Error('socket hang up');
  },
});

describe('muster claims create', () => {
  test('leaves an active certificate with the claim policy of its line', async () => {
    const bench = aBench();
    await create(bench, '--contact', 'line-7@example.com');
    expect([...bench.claims.certificates.values()]).toMatchObject([{ isActive: true, policies: new Set(['muster-claim-sensor']) }]);
    expect(bench.audit.events).toMatchObject([{ code: 'claim.created', claim: 'batch-7', line: 'sensor' }]);
  });

  test('writes what a device needs, the key for the owner only, and leaves no request', async () => {
    await create(aBench());
    expect((await readdir(out)).sort()).toEqual(['batch-7.certificate.pem', 'batch-7.claim.json', 'batch-7.private-key.pem']);
    expect((await stat(at('batch-7.private-key.pem'))).mode & 0o777).toBe(0o600);
    const claim = await createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read();
    expect(claim).toMatchObject({
      line: 'sensor',
      template: 'muster-sensor',
      clientIdPrefix: 'muster-claim-sensor-',
      endpoint: 'x-ats.iot.eu-west-1.amazonaws.com',
    });
    expect(createPrivateKey(claim.identity.privateKeyPem).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  test('F27: sends no private key anywhere', async () => {
    const bench = aBench();
    const sent: string[] = [];
    const spied: OperationsClient = {
      call: (contract, input, wishes) => {
        sent.push(JSON.stringify(input));
        return bench.client.call(contract, input, wishes);
      },
    };
    const { output } = await create({ client: spied }, '--json');
    expect(sent.join()).toContain('BEGIN CERTIFICATE REQUEST');
    const secret = (await readFile(at('batch-7.private-key.pem'), 'utf8')).split('\n')[1] ?? 'none';
    for (const text of [sent.join(), output.join(), JSON.stringify(bench.audit.events)]) {
      expect(text).not.toContain('PRIVATE KEY-----');
      expect(text).not.toContain(secret);
    }
  });

  test('prints one JSON object for programs', async () => {
    const { output } = await create(aBench(), '--json');
    expect(output).toHaveLength(1);
    expect(JSON.parse(output.join())).toMatchObject({ claim: { name: 'batch-7' }, files: { claim: at('batch-7.claim.json') } });
  });

  test('keeps the endpoint that it is given', async () => {
    await create(aBench(), '--endpoint', 'localhost:18883');
    expect(await createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read()).toMatchObject({ endpoint: 'localhost:18883' });
  });

  test('never overwrites a file, and then asks nobody', async () => {
    const bench = aBench();
    await writeFile(at('batch-7.private-key.pem'), 'precious');
    await expect(create(bench)).rejects.toThrow(/batch-7.private-key.pem was not written/);
    expect(await readFile(at('batch-7.private-key.pem'), 'utf8')).toBe('precious');
    expect(bench.claims.calls.made).toEqual([]);
  });

  test('keeps the key when the answer is lost, and the same command goes on with it', async () => {
    const bench = aBench();
    await expect(create({ client: losingAnswers(bench) })).rejects.toThrow('run the same command again');
    const key = await readFile(at('batch-7.private-key.pem'), 'utf8');
    await create(bench);
    expect(await readFile(at('batch-7.private-key.pem'), 'utf8')).toBe(key);
    expect(bench.claims.certificates.size).toBe(1);
    expect((await readdir(out)).sort()).toEqual(['batch-7.certificate.pem', 'batch-7.claim.json', 'batch-7.private-key.pem']);
  });

  test('leaves no file behind when it is refused', async () => {
    const bench = aBench();
    await create(bench);
    const elsewhere = await mkdtemp(join(tmpdir(), 'muster-claims-other-'));
    await expect(runMuster(bench, 'claims', 'create', ...replaced('--out', elsewhere))).rejects.toThrow('named "batch-7" already');
    expect(await readdir(elsewhere)).toEqual([]);
    await rm(elsewhere, { recursive: true });
  });

  test('makes nothing in a dry run', async () => {
    const bench = aBench();
    const { output } = await create(bench, '--dry-run');
    expect(output.join()).toMatch(/^Dry run, nothing is changed\. Else: Created claim "batch-7" of line "sensor" for 100 devices until/);
    expect(bench.claims.certificates.size).toBe(0);
    expect(await readdir(out)).toEqual([]);
  });

  test('restricts it to serials and a manifest', async () => {
    const bench = aBench();
    const { output } = await create(bench, '--from', 'SN-0001', '--to', 'SN-0100', '--manifest', 'a'.repeat(64), '--json');
    expect(JSON.parse(output.join())).toMatchObject({ claim: { range: { from: 'SN-0001', to: 'SN-0100' }, manifest: 'a'.repeat(64) } });
  });

  test.each([
    ['--line', 'pump', 'allowed is one of sensor'],
    ['--line', 'a/b', 'line: got "a/b"'],
    ['--name', 'Batch 7', 'name: got "Batch 7"'],
    ['--quota', '0', 'quota: got "0"'],
    ['--quota', '1.5', 'quota: got "1.5"'],
    ['--expires', 'soon', '--expires is "soon"'],
    ['--expires', '2020-01-01', 'that is yet to come'],
    ['--expires', '2026-02-30T', '--expires is'],
  ])('refuses %s %s', async (option, value, message) => {
    const bench = aBench();
    await expect(runMuster(bench, 'claims', 'create', ...replaced(option, value))).rejects.toThrow(message);
    expect(bench.claims.certificates.size).toBe(0);
    expect(await readdir(out)).toEqual([]);
  });

  test('refuses half a range', async () => {
    await expect(create(aBench(), '--from', 'SN-1')).rejects.toThrow('--from and --to go together');
  });
});

describe('muster claims close', () => {
  test('closes the claim of a name or a file, and says what became of its connections', async () => {
    const bench = aBench();
    await create(bench);
    const { output } = await claims(bench, 'close', at('batch-7.claim.json'), '--yes');
    expect(output.join()).toContain('Closed claim "batch-7" of line "sensor" after 0 of 100 devices: 1 certificate.');
    expect([...bench.claims.certificates.values()]).toMatchObject([{ isActive: false }]);
    await claims(bench, 'close', 'batch-7', '--yes');
    expect(bench.audit.events.map(({ code }) => code)).toEqual(['claim.created', 'claim.closed', 'claim.closed']);
  });

  test('takes the id of a certificate', async () => {
    const bench = aBench();
    await create(bench);
    const [id = ''] = bench.claims.certificates.keys();
    expect(JSON.parse((await claims(bench, 'close', id, '--yes', '--json')).output.join())).toMatchObject({ closed: [id] });
  });

  test('asks before, because it cannot be undone', async () => {
    const bench = aBench();
    await create(bench);
    await expect(claims(bench, 'close', 'batch-7')).rejects.toThrow('say --yes');
    await claims(bench, 'close', 'batch-7', '--dry-run');
    expect([...bench.claims.certificates.values()]).toMatchObject([{ isActive: true }]);
  });

  test('says so when there is no such claim', async () => {
    const bench = aBench();
    await expect(claims(bench, 'close', 'a'.repeat(64), '--yes')).rejects.toThrow('There is no claim of certificate');
    await expect(claims(bench, 'close', 'batch-8', '--yes')).rejects.toThrow('There is no claim named "batch-8"');
    await expect(claims(bench, 'close', './batch-7', '--yes')).rejects.toThrow('"./batch-7" names no claim');
  });
});

describe('muster claims rotate', () => {
  test('writes numbered files beside the old ones', async () => {
    const bench = aBench();
    await create(bench);
    await claims(bench, 'rotate', at('batch-7.claim.json'));
    await claims(bench, 'rotate', at('batch-7.claim.json'), '--overlap', '30m');
    const names = ['batch-7', 'batch-7-2', 'batch-7-3'].flatMap((stem) => [
      `${stem}.certificate.pem`,
      `${stem}.claim.json`,
      `${stem}.private-key.pem`,
    ]);
    expect((await readdir(out)).sort()).toEqual(names.sort());
    const sources = names.filter((name) => name.endsWith('.json')).map((name) => createFileClaimSource({ claimFile: at(name) }).read());
    const keys = (await Promise.all(sources)).map(({ identity }) => identity.privateKeyPem);
    expect(new Set(keys).size).toBe(3);
    expect([...bench.claims.certificates.values()].map(({ isActive }) => isActive)).toEqual([true, true, true]);
  });

  test('goes on with its key when the answer was lost', async () => {
    const bench = aBench();
    await create(bench);
    await expect(runMuster({ client: losingAnswers(bench) }, 'claims', 'rotate', 'batch-7', '--out', out)).rejects.toThrow(
      'same command again',
    );
    await claims(bench, 'rotate', 'batch-7', '--out', out);
    expect(bench.claims.certificates.size).toBe(2);
    expect((await readdir(out)).filter((name) => name.includes('-2'))).toHaveLength(3);
  });

  test('refuses an overlap that is none, and a claim that there is not', async () => {
    const bench = aBench();
    await expect(claims(bench, 'rotate', 'batch-7', '--overlap', 'long', '--out', out)).rejects.toThrow('--overlap is "long"');
    await expect(claims(bench, 'rotate', 'batch-7', '--out', out)).rejects.toThrow('There is no claim named');
    expect(await readdir(out)).toEqual([]);
  });
});

describe('muster claims list and show', () => {
  test('show the claims with their use', async () => {
    const bench = aBench();
    expect((await claims(bench, 'list')).output.join()).toContain('There are no claims');
    await create(bench, '--contact', 'line 7');
    expect((await claims(bench, 'list')).output.join()).toMatch(/batch-7.*sensor.*open.*0 of 100.*line 7/);
    expect((await claims(bench, 'show', 'batch-7')).output.join()).toMatch(/used.*0 of 100 serial numbers/);
    expect(JSON.parse((await claims(bench, 'show', 'batch-7', '--json')).output.join())).toMatchObject({ claim: { name: 'batch-7' } });
  });

  test('list closed claims where all are asked for', async () => {
    const bench = aBench();
    await create(bench);
    await claims(bench, 'close', 'batch-7', '--yes');
    expect(JSON.parse((await claims(bench, 'list', '--json')).output.join())).toEqual({ claims: [] });
    expect(JSON.parse((await claims(bench, 'list', '--all', '--json')).output.join())).toMatchObject({ claims: [{ state: 'closed' }] });
  });

  test('write out what a contact holds that could move the cursor', async () => {
    const bench = aBench();
    await create(bench, '--contact', 'a\u001b[2Jb');
    for (const command of [['list'], ['show', 'batch-7']]) expect((await claims(bench, ...command)).output.join()).toContain('\\u{1b}[2J');
  });
});
