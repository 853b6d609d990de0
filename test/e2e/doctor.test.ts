import { tmpdir } from 'node:os';
import * as z from 'zod/mini';
import { runProgram } from './drivers/program.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const shared = useSharedEnvironment();

const report = z.object({ phase: z.string(), findings: z.array(z.object({ check: z.string(), level: z.string(), what: z.string() })) });

const doctor = async (...parameters: readonly string[]) => {
  const run = { script: 'cli/main.ts', environment: shared.environment, directory: tmpdir() };
  const { code, out, error } = await runProgram({ ...run, parameters: ['doctor', '--json', ...parameters] });
  return { code, error, ...z.parse(report, JSON.parse(out)) };
};

/** Other suites make claims, letters that die, alarms that ring and a trail, while this one looks. */
const ofOthers = ['claims', 'trail', 'alarms', 'dead-letters', 'alarm-subscriptions', 'account-switches'];

describe('muster doctor', () => {
  test('finds nothing wrong with what was just deployed', async () => {
    const { phase, findings, error } = await doctor();
    expect({ phase, error }).toEqual({ phase: 'after', error: '' });
    const wrong = findings.filter(({ level, check }) => level !== 'ok' && !ofOthers.includes(check));
    expect(wrong).toEqual([]);
    expect(findings.filter(({ what }) => what.startsWith('cannot see'))).toEqual([]);
  });

  test('takes what this deployment made for its own when another is looked for', async () => {
    const { phase, findings } = await doctor('--before');
    expect(phase).toBe('before');
    expect(findings.filter(({ level, check }) => level !== 'ok' && check === 'names')).toEqual([]);
  });
});
