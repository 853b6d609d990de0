import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { inProcessOperations, type InProcessWishes } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const configuration = parseConfiguration(
  {
    lines: [
      { name: 'sensor', allocation: [{ when: { region: ['eu'] }, tenant: 'globex' }] },
      { name: 'gateway' },
      { name: 'past', closed: true },
    ],
    tenants: [{ name: 'acme' }, { name: 'globex' }],
  },
  ['pki'],
);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-import-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const result = z.object({
  row: z.number(),
  serial: z.string(),
  outcome: z.string(),
  mistakes: z.array(z.object({ what: z.string(), got: z.string(), allowed: z.string(), fix: z.string() })),
});
const summary = z.object({ summary: z.record(z.string(), z.number()), isComplete: z.boolean() });

const aBench = ({ resources, ...wishes }: InProcessWishes = {}) =>
  inProcessOperations({ ...wishes, resources: { configuration, ...resources } });

type Bench = ReturnType<typeof aBench>;

interface ImportTest {
  readonly name?: string;
  readonly more?: readonly string[];
  readonly interrupted?: Promise<void>;
}

const never = new Promise<void>(() => undefined);

const importText = async (
  { client }: Bench,
  text: string | Buffer,
  { name = 'devices.csv', more = [], interrupted = never }: ImportTest = {},
) => {
  const file = join(directory, name);
  await writeFile(file, text);
  const world = { client, configuration, interrupted };
  const { code, output, errors } = await runMuster(world, 'devices', 'import', file, '--json', '--unsigned', ...more);
  const parsed = output.map((line): unknown => JSON.parse(line));
  const rows = parsed.slice(0, -1).map((row) => z.parse(result, row));
  const { summary: total, isComplete } = z.parse(summary, parsed.at(-1));
  return { code, errors, isComplete, rows: rows.sort((one, other) => one.row - other.row), summary: total };
};

const enrolled = async ({ store }: Bench, serial: string, line = 'sensor') => {
  const [enrollment] = await store.readMany([thingNameOf('muster', aLine(line), aSerial(serial))]);
  return enrollment;
};

const outcomes = (rows: readonly { readonly outcome: string }[]) => rows.map(({ outcome }) => outcome);

describe('muster devices import', () => {
  test('enrolls each row, and records who did', async () => {
    const bench = aBench();
    const { code, summary: total } = await importText(
      bench,
      'serial,line,tenant,approach\nSN-1,sensor,acme,pki\nSN-2,gateway,globex,pki\n',
    );
    expect(code).toBe(0);
    expect(total).toEqual({ rows: 2, created: 2, unchanged: 0, conflicting: 0, refused: 0 });
    expect(await enrolled(bench, 'SN-1')).toMatchObject({
      tenant: 'acme',
      approach: 'pki',
      state: 'registered',
      version: 1,
      requirement: {},
    });
    expect(await enrolled(bench, 'SN-2', 'gateway')).toMatchObject({ tenant: 'globex' });
    const { events } = bench.audit;
    expect(events.map(({ code: what }) => what)).toEqual(['device.registered', 'device.registered', 'manifest.imported']);
    expect(events[0]).toMatchObject({ actor: { kind: 'operator' }, operation: 'devices.import', scope: 'operator', serialNumber: 'SN-1' });
    expect(events[2]).toMatchObject({ counts: { rows: 2, created: 2 }, manifest: events[0]?.manifest });
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect((await enrolled(bench, 'SN-1'))?.lastEvent).toEqual(events[0]);
    expect((await enrolled(bench, 'SN-1'))?.manifest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('reads JSON lines, and fills in what a row does not say', async () => {
    const bench = aBench();
    const text = '{"serial":"SN-1"}\n\n{"serial":"SN-2","tenant":"globex","pinned_key":null}\n';
    await importText(bench, text, { name: 'devices.jsonl', more: ['--line', 'sensor', '--tenant', 'acme'] });
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'acme' });
    expect(await enrolled(bench, 'SN-2')).toMatchObject({ tenant: 'globex' });
  });

  test('keeps what else the manufacturer says of a device, and lets the line choose the tenant by it', async () => {
    const bench = aBench();
    const { rows } = await importText(
      bench,
      'serial,line,tenant,region,radio\nSN-1,sensor,,eu,lora\nSN-2,sensor,,us,\nSN-3,sensor,acme,eu,\n',
    );
    expect(outcomes(rows)).toEqual(['created', 'refused', 'created']);
    expect(rows[1]?.mistakes).toMatchObject([{ what: 'tenant', got: 'nothing' }]);
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'globex', attributes: { region: 'eu', radio: 'lora' } });
    expect(await enrolled(bench, 'SN-3')).toMatchObject({ tenant: 'acme', attributes: { region: 'eu' } });
  });

  test('changes nothing when it is run again', async () => {
    const bench = aBench();
    const text = `serial,line,tenant,pinned_key\nSN-1,sensor,acme,${aKey('one')}\nSN-2,sensor,acme,\n`;
    await importText(bench, text);
    const before = await enrolled(bench, 'SN-1');
    const again = await importText(bench, text);
    expect(again).toMatchObject({ code: 0, summary: { created: 0, unchanged: 2 } });
    expect(await enrolled(bench, 'SN-1')).toEqual(before);
  });

  test('leaves a device alone that is enrolled otherwise, and says how, but not what it must prove', async () => {
    const bench = aBench();
    await importText(bench, `serial,line,tenant,pinned_key\nSN-1,sensor,acme,${aKey('one')}\nSN-2,sensor,acme,${aKey('two')}\n`);
    const text = `serial,line,tenant,pinned_key\nSN-1,sensor,globex,${aKey('one')}\nSN-2,sensor,acme,${aKey('one')}\n`;
    const { code, rows } = await importText(bench, text, { name: 'other.csv' });
    expect(code).toBe(1);
    expect(outcomes(rows)).toEqual(['conflicting', 'conflicting']);
    expect(rows[0]?.mistakes[0]?.allowed).toContain('"tenant":"acme"');
    expect(rows[1]?.mistakes[0]?.allowed).toContain('must prove something else');
    expect(JSON.stringify(rows)).not.toContain(aKey('two'));
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'acme' });
  });

  test('writes nothing in a dry run, and says what it would do', async () => {
    const bench = aBench();
    await importText(bench, 'serial,line,tenant\nSN-1,sensor,acme\n');
    const before = bench.audit.events.length;
    const text = 'serial,line,tenant\nSN-1,sensor,acme\nSN-2,sensor,acme\nSN-3,pump,acme\nsn-2,sensor,acme\n';
    const { rows, summary: total } = await importText(bench, text, { more: ['--dry-run'] });
    expect(outcomes(rows)).toEqual(['unchanged', 'created', 'refused', 'conflicting']);
    expect(total).toEqual({ rows: 4, created: 1, unchanged: 1, conflicting: 1, refused: 1 });
    expect(await enrolled(bench, 'SN-2')).toBeUndefined();
    expect(bench.audit.events).toHaveLength(before);
  });

  test.each([
    ['case', 'SN-a', 'sn-A'],
    ['width', 'SN-1', 'ＳＮ-1'],
    ['white space', 'SN 1', 'SN1'],
  ])('lets the first of serials in that differ only in %s, and names it to the others, across files too', async (_, one, other) => {
    const bench = aBench();
    const { rows, summary: total } = await importText(
      bench,
      `serial,line,tenant\n${one},sensor,acme\nSN-9,sensor,acme\n${other},sensor,acme\n`,
    );
    expect(outcomes(rows)).toEqual(['created', 'created', 'conflicting']);
    expect(rows[2]?.mistakes[0]?.got).toBe(
      `${JSON.stringify(other)}, which differs from ${JSON.stringify(one)} only in case, width or white space`,
    );
    expect(total).toEqual({ rows: 3, created: 2, unchanged: 0, conflicting: 1, refused: 0 });
    expect(outcomes((await importText(bench, `serial,line,tenant\n${other},sensor,acme\n`, { name: 'next.csv' })).rows)).toEqual([
      'conflicting',
    ]);
    expect((await enrolled(bench, one))?.serialNumber).toBe(one);
  });

  test('lets the same serial be on two lines, whatever its case', async () => {
    const { rows } = await importText(aBench(), 'serial,line,tenant\nSN-a,sensor,acme\nSN-A,gateway,acme\n');
    expect(outcomes(rows)).toEqual(['created', 'created']);
  });

  test('takes the first of a serial that is repeated: the same again changes nothing, otherwise it conflicts', async () => {
    const bench = aBench();
    const { rows } = await importText(bench, 'serial,line,tenant\nSN-1,sensor,acme\nSN-1,sensor,acme\nSN-1,sensor,globex\n');
    expect(outcomes(rows)).toEqual(['created', 'unchanged', 'conflicting']);
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'acme' });
  });

  test.each([
    ['serial', ' SN-1,sensor,acme,pki,'],
    ['serial', ',sensor,acme,pki,'],
    ['serial', 'SN\u200b1,sensor,acme,pki,'],
    ['serial', `${'x'.repeat(129)},sensor,acme,pki,`],
    ['line', 'SN-1,pump,acme,pki,'],
    ['line', 'SN-1,,acme,pki,'],
    ['line', 'SN-1,past,acme,pki,'],
    ['tenant', 'SN-1,sensor,initech,pki,'],
    ['approach', 'SN-1,sensor,acme,psk,'],
    ['pinned_key', 'SN-1,sensor,acme,pki,abc'],
    ['pinned_key', `SN-1,sensor,acme,pki,${'g'.repeat(64)}`],
  ])('refuses a row whose %s cannot be, with what, got, allowed and fix: %j', async (what, row) => {
    const bench = aBench();
    const { code, rows } = await importText(bench, `serial,line,tenant,approach,pinned_key\n${row}\n`);
    expect(code).toBe(1);
    expect(rows).toMatchObject([{ outcome: 'refused', mistakes: [{ what }] }]);
    for (const text of Object.values(rows[0]?.mistakes[0] ?? {})) expect(text).not.toBe('');
    expect(bench.audit.events.map(({ code: event }) => event)).toEqual(['manifest.imported']);
  });

  test('says everything that is wrong with a row at once', async () => {
    const { rows } = await importText(aBench(), `serial,line,tenant,colour\n x,pump,initech,${'r'.repeat(257)}\n`);
    expect(rows[0]?.mistakes.map(({ what }) => what).sort()).toEqual(['attributes', 'line', 'serial', 'tenant']);
  });

  test('refuses the rows of lines that the scope does not reach', async () => {
    const bench = aBench({ scopes: [{ name: 'gateways', role: 'operator', lines: [aLine('gateway')] }] });
    const { rows } = await importText(bench, 'serial,line,tenant\nSN-1,sensor,acme\nSN-2,gateway,acme\n');
    expect(outcomes(rows)).toEqual(['refused', 'created']);
    expect(rows[0]?.mistakes[0]).toMatchObject({ what: 'line', allowed: 'gateway' });
    expect(await enrolled(bench, 'SN-1')).toBeUndefined();
  });

  test('says which serial a terminal must not be given as it is', async () => {
    const file = join(directory, 'devices.csv');
    await writeFile(file, 'serial,line,tenant\nSN\u001b[2J1,sensor,acme\n');
    const { errors } = await runMuster(
      { client: aBench().client, configuration, interrupted: never },
      'devices',
      'import',
      file,
      '--unsigned',
    );
    expect(errors.join('\n')).toContain('SN\\u{1b}[2J1');
    expect(errors.join('\n')).not.toContain('\u001b');
  });

  test('shows none of it to a terminal that gets JSON, either', async () => {
    const file = join(directory, 'devices.csv');
    await writeFile(file, 'serial,line,tenant\nSN\u009b2J\u202e1,sensor,acme\n');
    const { output } = await runMuster(
      { ...aBench(), configuration, interrupted: never },
      'devices',
      'import',
      file,
      '--unsigned',
      '--json',
    );
    expect(output.filter((line) => /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([]);
    expect(JSON.parse(output[0] ?? '')).toMatchObject({ serial: 'SN\u009b2J\u202e1' });
  });

  test.each([
    ['devices.csv', 'serial,line\n"SN-1,sensor\n', 'not the CSV'],
    ['devices.csv', 'serial,line\nSN-1,sensor,more,fields\n', 'not the CSV'],
    ['devices.csv', 'name,line\nSN-1,sensor\n', 'no column "serial"'],
    ['devices.csv', '', 'no column "serial"'],
    ['devices.csv', 'serial,line,line\nSN-1,sensor,sensor\n', 'there twice'],
    ['devices.csv', 'serial,Pinned-Key\nSN-1,x\n', 'nearly "pinned_key"'],
    ['devices.csv', 'serial,=colour\nSN-1,x\n', 'cannot be the name of an attribute'],
    ['devices.csv', `serial,line\n${'x'.repeat(10_000_000)},sensor\n`, 'not the CSV'],
    ['devices.jsonl', '{"serial":1}\n', 'row 1'],
    ['devices.jsonl', '{"serial":"SN-0"}\n{"serial":"SN-1"\n', 'row 2'],
    ['devices.jsonl', '[]\n', 'row 1'],
    ['devices.jsonl', `{"serial":"${'x'.repeat(10_000_000)}"}\n`, 'longer than 65536 characters'],
    ['devices.txt', 'SN-1\n', 'no format'],
    ['devices.csv', Buffer.from([...Buffer.from('serial,line\nSN-'), 0xff, 0xfe, 0x0a]), 'not UTF-8'],
  ])('stops at a file %s that is not what its name says, before it has sent anything: %.40s', async (name, text, problem) => {
    const bench = aBench();
    const rows = typeof text === 'string' && text.startsWith('serial,line\n') ? text.replace('\n', `\nSN-0,sensor\n`) : text;
    await expect(importText(bench, rows, { name, more: ['--tenant', 'acme'] })).rejects.toThrow(problem);
    await expect(importText(bench, rows, { name, more: ['--tenant', 'acme'] })).rejects.toThrow(name);
    expect(bench.audit.events).toEqual([]);
  });

  test('accepts a byte order mark and CRLF, and says the first', async () => {
    const bench = aBench();
    const { rows, errors } = await importText(bench, '\uFEFFserial,line,tenant\r\nSN-1,sensor,acme\r\n');
    expect(outcomes(rows)).toEqual(['created']);
    expect(errors.join()).toContain('byte order mark');
    const lines = await importText(bench, '\uFEFF{"serial":"SN-2","line":"sensor","tenant":"acme"}\r\n', { name: 'devices.jsonl' });
    expect(outcomes(lines.rows)).toEqual(['created']);
  });

  test.each([
    ['../key.pem', "leaves the manifest's folder"],
    ['keys/../../key.pem', "leaves the manifest's folder"],
    ['ABSOLUTE', 'an absolute path'],
    ['link.pem', 'a link that leads out'],
    ['key\u0000.pem', 'a NUL'],
  ])('reads no file that a row names as %s', async (name, problem) => {
    const bench = aBench();
    const inner = join(directory, 'inner');
    await mkdir(inner);
    await writeFile(join(directory, 'key.pem'), 'secret');
    await symlink(join(directory, 'key.pem'), join(inner, 'link.pem'));
    const given = name === 'ABSOLUTE' ? join(directory, 'key.pem') : name;
    const { rows } = await importText(bench, `serial,line,tenant,pinned_key\nSN-1,sensor,acme,${given}\n`, { name: 'inner/devices.csv' });
    expect(rows).toMatchObject([{ outcome: 'refused', mistakes: [{ what: 'file' }] }]);
    expect(rows[0]?.mistakes[0]?.got).toContain(problem);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  test('imports many rows, none of them lost on the way', async () => {
    const bench = aBench();
    const rows = Array.from({ length: 2050 }, (_, index) => `SN-${index},sensor,${index % 10 === 9 ? 'nobody' : 'acme'}`);
    const { summary: total } = await importText(bench, `serial,line,tenant\n${rows.join('\n')}\n`);
    expect(total).toEqual({ rows: 2050, created: 1845, unchanged: 0, conflicting: 0, refused: 205 });
    expect(await enrolled(bench, 'SN-2048')).toBeDefined();
  });

  test('writes what became of each row, and nothing that a spreadsheet would run', async () => {
    const results = join(directory, 'results.csv');
    const text = 'serial,line,tenant\n"=HYPERLINK(""http://x"",1)",pump,acme\n@SUM,sensor,acme\n"a,""b",sensor,acme\n';
    await importText(aBench(), text, { more: ['--results', results] });
    const lines = (await readFile(results, 'utf8')).split('\n');
    expect(lines[0]).toBe('row,serial,outcome,what,got,allowed,fix');
    expect(lines[1]).toMatch(/^1,"'=HYPERLINK\(""http:\/\/x"",1\)",refused,line,/);
    expect(lines[2]).toBe(`2,"'@SUM",created,,,,`);
    expect(lines[3]).toBe('3,"a,""b",created,,,,');
  });

  test('finishes what is on the way when it is interrupted, says how to go on, and goes on', async () => {
    const bench = aBench();
    const rows = Array.from({ length: 1000 }, (_, index) => `SN-${index},sensor,acme`);
    const text = `serial,line,tenant\n${rows.join('\n')}\n`;
    const results = join(directory, 'results.csv');
    const first = await importText(bench, text, { interrupted: Promise.resolve(), more: ['--results', results] });
    expect(first).toMatchObject({ code: 130, isComplete: false });
    const done = first.summary['rows'] ?? 0;
    expect(done).toBeLessThan(1000);
    const second = await importText(bench, text, { more: ['--results', results] });
    expect(second).toMatchObject({ code: 0, isComplete: true, summary: { rows: 1000, created: 1000, unchanged: 0 } });
    expect(second.rows).toHaveLength(1000 - done);
    const written = (await readFile(results, 'utf8')).trimEnd().split('\n').slice(1);
    expect(new Set(written.map((line) => line.split(',')[0])).size).toBe(1000);
    expect(written).toHaveLength(1000);
  });
});
