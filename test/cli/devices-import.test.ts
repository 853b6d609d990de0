import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { thingNameOf } from '../../domain/thing-name.ts';
import { aKey, aLine, aSerial } from '../builders/identifiers.ts';
import { anOperator, OPERATOR_ARN } from '../builders/operator.ts';
import { runMuster } from '../fakes/muster-command.ts';

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
const summary = z.object({ summary: z.record(z.string(), z.number()) });

type Bench = ReturnType<typeof anOperator>;

const importText = async (bench: Bench, text: string, { name = 'devices.csv', more = [] as readonly string[] } = {}) => {
  const file = join(directory, name);
  await writeFile(file, text);
  const { code, output } = await runMuster(bench.operator, 'devices', 'import', file, '--json', ...more);
  const parsed = output.map((line): unknown => JSON.parse(line));
  const rows = parsed.slice(0, -1).map((row) => z.parse(result, row));
  return { code, rows: rows.sort((one, other) => one.row - other.row), summary: z.parse(summary, parsed.at(-1)).summary };
};

const enrolled = async ({ store }: Bench, serial: string, line = 'sensor') => {
  const [enrollment] = await store.readMany([thingNameOf('muster', aLine(line), aSerial(serial))]);
  return enrollment;
};

const outcomes = (rows: readonly { readonly outcome: string }[]) => rows.map(({ outcome }) => outcome);

describe('muster devices import', () => {
  test('enrolls each row, and records who did', async () => {
    const bench = anOperator();
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
    expect(bench.written).toHaveLength(2);
    expect(bench.written[0]).toMatchObject({ code: 'device.registered', actor: { kind: 'operator', arn: OPERATOR_ARN } });
    expect((await enrolled(bench, 'SN-1'))?.lastEvent).toEqual(bench.written.find(({ serialNumber }) => serialNumber === 'SN-1'));
  });

  test('reads JSON lines, and fills in what a row does not say', async () => {
    const bench = anOperator();
    const text = '{"serial":"SN-1"}\n\n{"serial":"SN-2","tenant":"globex","pinned_key":null}\n';
    await importText(bench, text, { name: 'devices.jsonl', more: ['--line', 'sensor', '--tenant', 'acme'] });
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'acme' });
    expect(await enrolled(bench, 'SN-2')).toMatchObject({ tenant: 'globex' });
  });

  test('changes nothing when it is run again', async () => {
    const bench = anOperator();
    const text = `serial,line,tenant,pinned_key\nSN-1,sensor,acme,${aKey('one')}\nSN-2,sensor,acme,\n`;
    await importText(bench, text);
    const before = await enrolled(bench, 'SN-1');
    const again = await importText(bench, text);
    expect(again).toMatchObject({ code: 0, summary: { created: 0, unchanged: 2 } });
    expect(await enrolled(bench, 'SN-1')).toEqual(before);
    expect(bench.written).toHaveLength(2);
  });

  test('leaves a device alone that is enrolled otherwise, and says how', async () => {
    const bench = anOperator();
    await importText(bench, `serial,line,tenant,pinned_key\nSN-1,sensor,acme,${aKey('one')}\n`);
    const { code, rows } = await importText(bench, `serial,line,tenant,pinned_key\nSN-1,sensor,globex,${aKey('one')}\n`);
    expect(code).toBe(1);
    expect(rows).toMatchObject([{ outcome: 'conflicting', mistakes: [{ what: 'device' }] }]);
    expect(rows[0]?.mistakes[0]?.allowed).toContain('"tenant":"acme"');
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'acme' });
  });

  test('writes nothing in a dry run, and says what it would do', async () => {
    const bench = anOperator();
    await importText(bench, 'serial,line,tenant\nSN-1,sensor,acme\n');
    const text = 'serial,line,tenant\nSN-1,sensor,acme\nSN-2,sensor,acme\nSN-3,pump,acme\n';
    const { rows, summary: total } = await importText(bench, text, { more: ['--dry-run'] });
    expect(outcomes(rows)).toEqual(['unchanged', 'created', 'refused']);
    expect(total).toEqual({ rows: 3, created: 1, unchanged: 1, conflicting: 0, refused: 1 });
    expect(await enrolled(bench, 'SN-2')).toBeUndefined();
  });

  test.each([
    ['case', 'SN-a', 'sn-A'],
    ['width', 'SN-1', 'ＳＮ-1'],
    ['white space', 'SN 1', 'SN1'],
  ])('refuses every row of serials that differ only in %s, and goes on', async (_, one, other) => {
    const bench = anOperator();
    const { rows, summary: total } = await importText(
      bench,
      `serial,line,tenant\n${one},sensor,acme\nSN-9,sensor,acme\n${other},sensor,acme\n`,
    );
    expect(outcomes(rows)).toEqual(['refused', 'created', 'refused']);
    expect(rows[0]?.mistakes[0]?.got).toContain('differs from row 3 only in case, width or white space');
    expect(total).toEqual({ rows: 3, created: 1, unchanged: 0, conflicting: 0, refused: 2 });
    expect(await enrolled(bench, one)).toBeUndefined();
  });

  test('lets the same serial be on two lines, whatever its case', async () => {
    const { rows } = await importText(anOperator(), 'serial,line,tenant\nSN-a,sensor,acme\nSN-A,gateway,acme\n');
    expect(outcomes(rows)).toEqual(['created', 'created']);
  });

  test('takes the first of a serial that is repeated', async () => {
    const bench = anOperator();
    const { rows } = await importText(bench, 'serial,line,tenant\nSN-1,sensor,acme\nSN-1,sensor,globex\n');
    expect(outcomes(rows)).toEqual(['created', 'refused']);
    expect(await enrolled(bench, 'SN-1')).toMatchObject({ tenant: 'acme' });
  });

  test.each([
    ['serial', ' SN-1,sensor,acme,pki,'],
    ['serial', ',sensor,acme,pki,'],
    ['serial', 'SN\u200b1,sensor,acme,pki,'],
    ['serial', `${'x'.repeat(129)},sensor,acme,pki,`],
    ['line', 'SN-1,pump,acme,pki,'],
    ['line', 'SN-1,,acme,pki,'],
    ['tenant', 'SN-1,sensor,initech,pki,'],
    ['approach', 'SN-1,sensor,acme,psk,'],
    ['pinned_key', 'SN-1,sensor,acme,pki,abc'],
    ['pinned_key', `SN-1,sensor,acme,pki,${'g'.repeat(64)}`],
  ])('refuses a row whose %s cannot be, with what, got, allowed and fix: %j', async (what, row) => {
    const bench = anOperator();
    const { code, rows } = await importText(bench, `serial,line,tenant,approach,pinned_key\n${row}\n`);
    expect(code).toBe(1);
    expect(rows).toMatchObject([{ outcome: 'refused', mistakes: [{ what }] }]);
    for (const text of Object.values(rows[0]?.mistakes[0] ?? {})) expect(text).not.toBe('');
    expect(bench.written).toEqual([]);
  });

  test('says everything that is wrong with a row at once', async () => {
    const { rows } = await importText(anOperator(), 'serial,line,tenant,colour\n x,pump,initech,red\n');
    expect(rows[0]?.mistakes.map(({ what }) => what).sort()).toEqual(['column', 'line', 'serial', 'tenant']);
  });

  test.each([
    ['devices.csv', 'serial,line\n"SN-1,sensor\n'],
    ['devices.csv', 'serial,line\nSN-1,sensor,more,fields\n'],
    ['devices.jsonl', '{"serial":1}\n'],
    ['devices.jsonl', '{"serial":"SN-1"\n'],
    ['devices.jsonl', '[]\n'],
    ['devices.txt', 'SN-1\n'],
  ])('stops at a file %s that is not what its name says, before it has written anything', async (name, text) => {
    const bench = anOperator();
    await expect(importText(bench, text, { name })).rejects.toThrow(name);
    expect(bench.written).toEqual([]);
  });

  test('imports many rows, none of them lost on the way', async () => {
    const bench = anOperator();
    const rows = Array.from({ length: 5_000 }, (_, index) => `SN-${index},sensor,acme`);
    const { summary: total } = await importText(bench, `serial,line,tenant\n${rows.join('\n')}\n`);
    expect(total).toEqual({ rows: 5_000, created: 5_000, unchanged: 0, conflicting: 0, refused: 0 });
  });

  test('tells people the sum, and each mistake in a line', async () => {
    const bench = anOperator();
    await writeFile(join(directory, 'devices.csv'), 'serial,line,tenant\nSN-1,sensor,acme\nSN-2,pump,acme\n');
    const { output, errors } = await runMuster(bench.operator, 'devices', 'import', join(directory, 'devices.csv'));
    expect(output).toEqual(['2 rows = 1 created + 0 unchanged + 0 conflicting + 1 refused.']);
    expect(errors).toEqual([
      'row 2 (SN-2) refused: line: got "pump"; allowed is sensor, gateway; fix: correct it, give --line, or deploy a configuration that has it.',
    ]);
  });
});
