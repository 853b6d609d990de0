import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { sealText } from '../../../domain/audit/seal.ts';
import type { DeployedArchive } from '../../../domain/audit/verification/archive.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aSealedArchive } from '../../builders/sealed-archive.ts';
import { inMemoryArchive } from '../../fakes/in-memory-archive.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const sealed = await aSealedArchive([2, 0, 3]);
const pem = sealed.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const deployed = (versions = sealed.versions, begunAt = NOON): DeployedArchive => ({
  archive: inMemoryArchive(versions),
  begunAt,
  publicKey: () => Promise.resolve(pem),
});
/** So long that the end of the history in these tests counts as near. */
const PATIENCE = ['--silence', '9999999d'];

let folder: string;
let key: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-history-'));
  key = join(folder, 'key.pem');
  await writeFile(key, pem);
});
afterEach(() => rm(folder, { recursive: true }));

const download = (history = deployed()) => runMuster({ history }, 'audit', 'download', '--out', join(folder, 'copy'));
const verify = (...words: readonly string[]) =>
  runMuster({}, 'audit', 'verify', '--folder', join(folder, 'copy'), '--key', key, ...PATIENCE, ...words);
const copyOf = (name: string): string => join(folder, 'copy', 'versions', name);

describe('muster audit verify', () => {
  test('says of the history of a deployment that it is intact, and up to when', async () => {
    const { code, output } = await runMuster({ history: deployed() }, 'audit', 'verify', ...PATIENCE);
    expect([code, ...output]).toEqual([
      0,
      'Vouched for: all that had arrived from 2026-11-20T12:00:00.000Z to 2026-11-20T12:45:00.000Z (periods up to 3).',
      '3 periods, 5 events.',
    ]);
  });

  test('misses no seal of a deployment that is too young to have one, and one of any other', async () => {
    const young = await runMuster({ history: deployed([], Date.now() - 60_000) }, 'audit', 'verify');
    expect([young.code, ...young.output]).toEqual([
      0,
      'Nothing is sealed yet, and nothing had to be so soon after the deployment.',
      '0 periods, 0 events.',
    ]);
    const old = await runMuster({ history: deployed([]) }, 'audit', 'verify');
    expect([old.code, old.output[1]]).toEqual([4, 'period 1: end-missing: nothing is sealed']);
  });

  test('says the same of a copy of it, with no AWS', async () => {
    await download();
    const { code, output } = await verify('--json');
    expect(code).toBe(0);
    expect(JSON.parse(output.join(''))).toEqual({
      ...{ isIntact: true, flaws: [], periods: 3, events: 5, unsealed: [] },
      vouchedFor: { from: NOON, until: sealed.until, last: 3 },
    });
  });

  test('names the first broken link, and ends with 4', async () => {
    await download();
    await appendFile(copyOf('events/date=2026-11-20/000000000003.jsonl.gz/v-v4'), 'x');
    const { code, output } = await verify();
    expect(code).toBe(4);
    expect(output[1]).toMatch(/^period 3: events-changed \(events\/date=2026-11-20\/000000000003.jsonl.gz, version v4\): SHA-256 /);
    expect(output[2]).toMatch(/to 2026-11-20T12:30:00.000Z \(periods up to 2\)/);
  });

  test('checks one period alone', async () => {
    await download();
    await rm(copyOf('events/date=2026-11-20/000000000003.jsonl.gz'), { recursive: true });
    expect((await verify('--period', '2')).code).toBe(0);
    expect((await verify('--period', '3')).code).toBe(4);
  });

  test('finds that sealing stands still after three periods, or what it is told', async () => {
    await download();
    const { code, output } = await runMuster({}, 'audit', 'verify', '--folder', join(folder, 'copy'), '--key', key, '--json');
    expect(code).toBe(4);
    const { flaws } = z.object({ flaws: z.array(z.object({ kind: z.string() })) }).parse(JSON.parse(output.join('')));
    expect(flaws).toEqual([{ kind: 'standing-still' }]);
  });

  test('holds history against a seal that somebody kept', async () => {
    await download(deployed(sealed.versions.slice(0, 4)));
    const kept = join(folder, 'kept.json');
    const [last] = sealed.seals.slice(-1);
    await writeFile(kept, last === undefined ? '' : sealText(last));
    expect((await verify()).code).toBe(0);
    const { code, output } = await verify('--witness', kept);
    expect(code).toBe(4);
    expect(output[1]).toBe('period 3: end-missing: somebody kept the seal of period 3');
  });

  test('knows no seal that another key has signed, and no key that signs none', async () => {
    await download();
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    await writeFile(key, other.export({ type: 'spki', format: 'pem' }));
    expect((await verify()).output[1]).toMatch(/^period 1: seal-not-signed/);
    for (const wrong of ['', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ type: 'spki', format: 'pem' })]) {
      await writeFile(key, wrong);
      await expect(verify()).rejects.toThrow('expected a public key on P-256');
    }
  });

  test('refuses a folder that no download has finished, or that something else has written', async () => {
    await expect(verify()).rejects.toThrow('it is what "muster audit download" writes last');
    await download();
    await appendFile(join(folder, 'copy', 'versions.jsonl'), '\u001b[2J\n');
    await expect(verify()).rejects.toThrow(String.raw`never wrote: "\u001b[2J"`);
  });

  test.each([
    ['--period', '0'],
    ['--period', 'x'],
    ['--since', '-1'],
    ['--silence', 'soon'],
  ])('refuses %s %s', async (...words) => {
    await download();
    await expect(verify(...words)).rejects.toThrow(/period|since|silence/);
  });
});

describe('muster audit download', () => {
  test('says that the end was cut off which a copy has, and leaves that copy whole', async () => {
    await download();
    const { code, errors } = await download(deployed(sealed.versions.slice(0, 4)));
    expect(code).toBe(4);
    expect(errors).toEqual([expect.stringMatching(/^The archive has seals\/000000000003\.json no more/)]);
    expect((await verify()).code).toBe(0);
    expect((await download()).code).toBe(0);
  });

  test('says so, too, where another seal was put in the place of the last', async () => {
    await download();
    const other = sealed.versions.map((version, index) => (index === 5 ? { ...version, versionId: 'other' } : version));
    expect((await download(deployed(other))).code).toBe(4);
  });

  test('takes what lies over the last seal for no loss of it', async () => {
    await download();
    const marker = { key: 'seals/000000000003.json', versionId: 'm1', bytes: undefined };
    expect((await download(deployed([marker, ...sealed.versions]))).code).toBe(0);
    expect((await download()).code).toBe(0);
  });

  test('copies every version and delete marker, and goes on where it was', async () => {
    const [first] = sealed.versions;
    const marker = { key: first?.key ?? '', versionId: 'marker', bytes: undefined };
    expect((await download(deployed([marker, ...sealed.versions]))).output).toEqual([
      `7 versions in ${join(folder, 'copy')}, 6 of them new.`,
    ]);
    expect((await verify()).output[1]).toMatch(/^period 1: delete-marker .*version marker/);
    await rm(copyOf('seals/000000000002.json'), { recursive: true });
    expect((await download()).output).toEqual([`6 versions in ${join(folder, 'copy')}, 1 of them new.`]);
    expect((await verify()).code).toBe(0);
  });

  test('writes nothing outside of its folder, whatever a bucket has in it', async () => {
    const bytes = Buffer.from('x');
    const hostile = [
      { key: 'seals/../../../escaped', versionId: 'v', bytes },
      { key: 'seals/000000000009.json', versionId: '../../../../escaped', bytes },
      { key: 'seals/000000000008.json', versionId: '..', bytes },
      { key: 'events/date=2026-11-20/../x', versionId: 'v', bytes },
    ];
    await download(deployed([...sealed.versions, ...hostile]));
    expect((await readdir(folder)).sort()).toEqual(['copy', 'key.pem']);
    const { code, output } = await verify('--json');
    expect(code).toBe(4);
    expect(output.join('').match(/"not-sealed"/g)).toHaveLength(2);
    expect(await readFile(copyOf('seals/000000000008.json/v-..'), 'utf8')).toBe('x');
  });
});

describe('muster audit prove', () => {
  test('says that it does not know an event that is not sealed', async () => {
    await expect(runMuster({ history: deployed() }, 'audit', 'prove', 'never')).rejects.toThrow(
      'No event of that id is in the 3 sealed periods. What happened in the last minutes may not be sealed yet.',
    );
  });

  test('looks at nothing that is not as it was sealed', async () => {
    const versions = sealed.versions.map((version, index) => (index === 0 ? { ...version, bytes: Buffer.from('x') } : version));
    await expect(runMuster({ history: deployed(versions) }, 'audit', 'prove', 'event-0-1')).rejects.toThrow(
      'Not searched, since they are not as they were sealed: 1;',
    );
  });
});
