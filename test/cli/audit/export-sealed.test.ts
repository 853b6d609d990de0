import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeployedArchive } from '../../../domain/audit/verification/archive.ts';
import { aSealedArchive } from '../../builders/sealed-archive.ts';
import { inMemoryArchive } from '../../fakes/in-memory-archive.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const sealed = await aSealedArchive([2, 0, 3]);
const pem = sealed.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** The archive of a deployment, and what was read of it. */
const deployed = (versions = sealed.versions) => {
  const archive = inMemoryArchive(versions);
  const reads: string[] = [];
  const history: DeployedArchive = {
    archive: {
      list: () => archive.list(),
      read: (version) => {
        reads.push(version.key);
        return archive.read(version);
      },
    },
    begunAt: 0,
    publicKey: () => Promise.resolve(pem),
  };
  return { history, reads };
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-export-sealed-'));
});
afterEach(() => rm(folder, { recursive: true }));

const exported = async (world: Parameters<typeof runMuster>[0], ...words: readonly string[]) => {
  const out = join(folder, 'out');
  const result = await runMuster(world, 'audit', 'export', '--since', '2020-01-01', '--out', out, ...words);
  return { ...result, lines: (await readFile(out, 'utf8')).split('\n').slice(0, -1) };
};

const idsOf = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as { readonly id: string }).id);

const ALL = ['event-0-0', 'event-0-1', 'event-2-0', 'event-2-1', 'event-2-2'];

/** Without what has keys that end so. */
const without = (end: string) => sealed.versions.filter(({ key }) => !key.endsWith(end));

describe('muster audit export from sealed history', () => {
  test('writes every event that is sealed, period by period, and asks no function', async () => {
    const { code, output, lines } = await exported(deployed(), '--from-archive');
    expect([code, ...output]).toEqual([0, `${join(folder, 'out')}: 5 events.`]);
    expect(idsOf(lines)).toEqual(ALL);
  });

  test('does the same from a copy, with no AWS', async () => {
    const [copy, key] = [join(folder, 'copy'), join(folder, 'key.pem')];
    await writeFile(key, pem);
    await runMuster(deployed(), 'audit', 'download', '--out', copy);
    expect(idsOf((await exported({}, '--folder', copy, '--key', key)).lines)).toEqual(ALL);
  });

  test('writes what is asked for, by the time when it happened', async () => {
    const { lines } = await exported(deployed(), '--from-archive', '--since', '2026-11-20T12:30Z');
    expect(idsOf(lines)).toEqual(ALL.slice(2));
    await rm(join(folder, 'out'));
    expect(idsOf((await exported(deployed(), '--from-archive', '--until', '2026-11-20T12:15Z')).lines)).toEqual(ALL.slice(0, 2));
    await rm(join(folder, 'out'));
    expect((await exported(deployed(), '--from-archive', '--code', 'claim.closed')).lines).toEqual([]);
  });

  test('reads the seals alone of what is far too old', async () => {
    const { history, reads } = deployed();
    await exported({ history }, '--from-archive', '--since', '2030-01-01');
    expect(reads.every((key) => key.startsWith('seals/'))).toBe(true);
  });

  test('writes other formats, and other names', async () => {
    const key = join(folder, 'key');
    await writeFile(key, '07'.repeat(32));
    const { lines } = await exported(deployed(), '--from-archive', '--format', 'csv', '--pseudonymize', key);
    expect(lines).toHaveLength(6);
    expect(lines.join()).not.toContain('event-0-0');
  });

  test('leaves out a period that is not as it was sealed, names it, and ends with 4', async () => {
    const { code, errors, lines } = await exported(deployed(without('000000000001.jsonl.gz')), '--from-archive');
    expect(idsOf(lines)).toEqual(ALL.slice(2));
    expect([code, ...errors]).toEqual([4, expect.stringContaining('missing there: 1.')]);
  });

  test('leaves out what is about to be sealed, which is nothing wrong', async () => {
    const { code, lines } = await exported(deployed(without('seals/000000000003.json')), '--from-archive');
    expect([code, idsOf(lines)]).toEqual([0, ALL.slice(0, 2)]);
  });

  test('leaves no file where it broke off', async () => {
    const { history } = deployed();
    const broken = { ...history, archive: { ...history.archive, read: () => Promise.reject(new Error('throttled')) } };
    await expect(exported({ history: broken }, '--from-archive')).rejects.toThrow('throttled');
    await expect(stat(join(folder, 'out'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
