import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../command-context.ts';
import { checks } from '../doctor/checks.ts';
import type { DoctorPhase } from '../doctor/check.ts';
import { readDeployed } from '../doctor/deployed.ts';
import { type Diagnosis, examine } from '../doctor/examine.ts';
import { exitCodes } from '../exit-codes.ts';
import { paint } from '../paint.ts';
import { plainJson } from '../plain-json.ts';
import { readOptions } from '../read-options.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../visible-text.ts';

const options = z.object({ before: z.optional(z.boolean()), after: z.optional(z.boolean()), json: z.boolean() });

const HELP = `
It only reads, with your own credentials and not through the operations function; what they may not see it says.
docs/doctor.md lists what it looks at, and the permissions that this takes.
Exit codes: 0 when there is no problem, 1 when there is one, or something could not be seen.`;

/** `muster doctor`: what stands in the way of a deployment, and what became of one. */
export const doctorCommand = (context: CommandContext): Command =>
  new Command('doctor')
    .description('Looks at the account before a deployment, and at the deployment after it: what is wrong, why, and what to do.')
    .addOption(new Option('--before', 'look at what a first deployment needs').conflicts('after'))
    .addOption(new Option('--after', 'look at what is deployed; usual where a stack is there').conflicts('before'))
    .option('--json', 'print the findings as one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (raw: unknown) => {
      const { before, after, json } = readOptions(options, raw);
      const [configuration, account] = await Promise.all([context.configuration(), context.account()]);
      const deployed = readDeployed(account, configuration);
      const phase: DoctorPhase = after === true || (before !== true && (await hasAny(deployed.stacks()))) ? 'after' : 'before';
      const findings = await examine(checks, phase, { configuration, account, deployed, operations: context.client });
      if (json) context.terminal.out(plainJson({ phase, findings }));
      else print(context.terminal, phase, findings);
      if (findings.some(({ level }) => level === 'problem')) context.setExitCode(exitCodes.failed);
    });

// Who may not even see that is told by the checks.
const hasAny = (stacks: Promise<ReadonlyMap<string, unknown>>): Promise<boolean> =>
  stacks.then(
    ({ size }) => size > 0,
    () => false,
  );

const marks = { ok: paint('green', 'ok     '), note: paint('yellow', 'note   '), problem: paint('red', 'problem') } as const;

const print = ({ out }: Terminal, phase: DoctorPhase, findings: readonly Diagnosis[]): void => {
  out(phase === 'before' ? 'Before a deployment:' : 'What is deployed:');
  for (const { level, check, what, why, todo } of findings) {
    out(`${marks[level]}  ${check}: ${visible(what)}`);
    if (why !== undefined) out(`           ${visible(why)}`);
    if (todo !== undefined) out(`           -> ${visible(todo)}`);
  }
  const count = (wanted: Diagnosis['level']): number => findings.filter(({ level }) => level === wanted).length;
  out(`${count('problem')} problems, ${count('note')} notes, ${count('ok')} ok.`);
};
