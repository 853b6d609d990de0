import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pseudonymOf } from '../../../domain/audit/pseudonym.ts';
import type { LoggedEvent } from '../../../domain/device-ports.ts';
import { NOON, anEvent } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-export-'));
});
afterEach(() => rm(folder, { recursive: true }));

const events = [
  anEvent({ id: 'one', line: aLine(), serialNumber: aSerial('SN-1') }),
  anEvent({ id: 'two', code: 'device.revoked', line: aLine(), serialNumber: aSerial('SN-1'), note: 'sold' }),
];

const world = () => {
  const made = inProcessOperations();
  for (const event of [...events, ...events]) made.audit.emit(event);
  return made;
};

const exported = async (...words: readonly string[]) => {
  const out = join(folder, 'out');
  const result = await runMuster(world(), 'audit', 'export', '--since', '2020-01-01', '--out', out, ...words);
  const lines = (await readFile(out, 'utf8')).split('\n');
  return { ...result, out, lines: lines.slice(0, -1), end: lines.at(-1) };
};

const keyFile = async (text: string): Promise<string> => {
  const path = join(folder, 'key');
  await writeFile(path, text);
  return path;
};

describe('muster audit export', () => {
  test('writes each event once, as a line of JSON, into a file for its owner alone', async () => {
    const { lines, end, out, output } = await exported();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
    expect([end, output]).toEqual(['', [`${out}: 2 events.`]]);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
  });

  test('writes what is asked for', async () => {
    expect((await exported('--code', 'device.revoked')).lines).toHaveLength(1);
  });

  test('writes CSV under its titles, and OCSF', async () => {
    const { lines } = await exported('--format', 'csv');
    expect(lines).toEqual([expect.stringMatching(/^time,code,verdict,/), expect.any(String), expect.stringContaining('device.revoked')]);
    await rm(join(folder, 'out'));
    const [, revoked = ''] = (await exported('--format', 'ocsf')).lines;
    expect(JSON.parse(revoked)).toMatchObject({ class_uid: 3004, activity_name: 'Disable', comment: 'sold' });
  });

  test.each(['jsonl', 'csv', 'ocsf'])('puts other names in the place of devices and people: %s', async (format) => {
    const digits = '07'.repeat(32);
    const { lines } = await exported('--format', format, '--pseudonymize', await keyFile(`${digits}\n`));
    const text = lines.join('\n');
    expect(text).not.toMatch(/SN-1|user\/ann|sold/);
    expect(text).not.toContain(digits);
    expect(text).toContain(pseudonymOf(Buffer.from(digits, 'hex'), 'SN-1'));
  });

  test.each(['', 'secret words', '07'.repeat(31)])('takes no other key, and does not repeat it: %j', async (text) => {
    const failing = exported('--pseudonymize', await keyFile(text));
    await expect(failing).rejects.toThrow('is no key');
    if (text !== '') await expect(failing).rejects.not.toThrow(text);
  });

  test('writes over nothing', async () => {
    await exported();
    await expect(exported()).rejects.toThrow('was not written');
  });

  test('leaves no file where it broke off: a part could be taken for the whole', async () => {
    const page = ({ after }: { readonly after?: string | undefined }) =>
      after === undefined
        ? Promise.resolve({ entries: events.map((event): LoggedEvent => ({ loggedAt: NOON, event })), unreadable: 0, next: 'more' })
        : Promise.reject(new Error('throttled'));
    const broken = inProcessOperations({ resources: { auditReader: { page } } });
    const out = join(folder, 'out');
    await expect(runMuster(broken, 'audit', 'export', '--out', out)).rejects.toThrow();
    await expect(stat(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('says where entries are missing, and ends so that a script sees it', async () => {
    const page = () => Promise.resolve({ entries: [], unreadable: 3 });
    const result = await runMuster(
      inProcessOperations({ resources: { auditReader: { page } } }),
      'audit',
      'export',
      '--out',
      join(folder, 'out'),
    );
    expect(result).toMatchObject({ code: 1, errors: [expect.stringContaining('3 entries')] });
  });
});
