import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../command-context.ts';
import { demandConfirmation } from '../confirmation.ts';
import { checks } from '../doctor/checks.ts';
import type { Deployed, DoctorPhase } from '../doctor/check.ts';
import { readDeployed } from '../doctor/deployed.ts';
import { type Diagnosis, examine } from '../doctor/examine.ts';
import { type Mended, mend } from '../doctor/mend.ts';
import { reconcile, type ReconciliationReport, reconciliationLines } from '../doctor/reconcile.ts';
import { exitCodes } from '../exit-codes.ts';
import { paint } from '../output/paint.ts';
import { plainJson } from '../output/plain-json.ts';
import { readOptions } from '../read-options.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { visible } from '../output/visible-text.ts';

const options = z.object({
  before: z.optional(z.boolean()),
  after: z.optional(z.boolean()),
  json: z.boolean(),
  repair: z.boolean(),
  yes: z.boolean(),
  dryRun: z.boolean(),
});

type Options = z.infer<typeof options>;

const HELP = `
It looks with your own credentials and not through the operations function; what they may not see it says. It changes nothing
unless --repair tells it to: that disables, and deletes when AWS IoT lets it, what a deployment that is gone has left behind; and
has the one that is there compare all devices on record with AWS IoT, and put right what is safe.
docs/doctor.md lists what it looks at, and the permissions that this takes.
Exit codes: 0 when there is no problem, 1 when there is one, or something could not be seen.`;

/** `muster doctor`: what stands in the way of a deployment, and what became of one. */
export const doctorCommand = (context: CommandContext): Command =>
  new Command('doctor')
    .description('Looks at the account before a deployment, and at the deployment after it: what is wrong, why, and what to do.')
    .addOption(new Option('--before', 'look at what a first deployment needs').conflicts('after'))
    .addOption(new Option('--after', 'look at what is deployed; usual where a stack is there').conflicts('before'))
    .option(
      '--repair',
      'remove what a deployment that is gone has left behind, and put right what AWS IoT has of devices; asks first',
      false,
    )
    .option('--yes', 'with --repair: do not ask', false)
    .option('--dry-run', 'with --repair: say what would be done', false)
    .option('--json', 'print the findings as one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (raw: unknown) => {
      const wishes = readOptions(options, raw);
      if (!wishes.repair && (wishes.yes || wishes.dryRun)) throw new UsageError('--yes and --dry-run go with --repair.');
      const [configuration, account] = await Promise.all([context.configuration(), context.account()]);
      const deployed = readDeployed(account, configuration);
      const phase = await phaseFor(wishes, deployed);
      const findings = await examine(checks, phase, { configuration, account, deployed, operations: context.client });
      if (!wishes.json) print(context.terminal, phase, findings);
      const repaired = wishes.repair ? await repair(context, { phase, findings }, wishes) : untouched;
      const { repairs, reconciliation } = repaired;
      for (const line of wishes.json || reconciliation === undefined ? [] : reconciliationLines(reconciliation)) context.terminal.out(line);
      if (wishes.json) context.terminal.out(plainJson({ phase, findings, ...repaired }));
      else for (const mended of repairs ?? []) context.terminal.out(sentenceOf(mended));
      const isMended = (finding: Diagnosis): boolean =>
        repairs?.some(({ does, outcome }) => does === finding.repair?.does && outcome === 'done') === true;
      const isWrong = findings.some((finding) => finding.level === 'problem' && !isMended(finding)) || isLeft(reconciliation);
      if (isWrong) context.setExitCode(exitCodes.failed);
    });

const phaseFor = async ({ before, after }: Options, deployed: Deployed): Promise<DoctorPhase> =>
  after === true || (before !== true && (await hasAny(deployed.stacks()))) ? 'after' : 'before';

interface Repaired {
  readonly repairs?: readonly Mended[];
  /** Where a deployment is there. */
  readonly reconciliation?: ReconciliationReport;
}

const untouched: Repaired = {};

const isLeft = (reconciliation: ReconciliationReport | undefined): boolean =>
  reconciliation !== undefined &&
  (reconciliation.stopped !== undefined || reconciliation.findings.some(({ result }) => result !== 'repaired'));

interface Examined {
  readonly phase: DoctorPhase;
  readonly findings: readonly Diagnosis[];
}

const repair = async (context: CommandContext, { phase, findings }: Examined, { yes, dryRun }: Options): Promise<Repaired> => {
  const wanted = findings.flatMap((finding) => finding.repair ?? []);
  const isDeployed = phase === 'after';
  const plan = [
    ...(wanted.length === 0 ? [] : [`This will ${wanted.map(({ does }) => visible(does)).join(', ')}.`]),
    ...(isDeployed ? ['All devices on record will be compared with AWS IoT, and what is safe is put right.'] : []),
  ];
  if (plan.length === 0) return { repairs: [] };
  if (!dryRun) await demandConfirmation(context, plan.join(' '), yes);
  const repairs = dryRun ? wanted.map((one) => ({ ...one, outcome: 'planned' as const })) : await mend(wanted, await context.domains());
  if (!isDeployed) return { repairs };
  const advance = (looked: number): void => {
    context.terminal.progress(`${looked} records, things and certificates compared`);
  };
  return { repairs, reconciliation: await reconcile({ client: context.client, isDryRun: dryRun, advance }) };
};

const sentenceOf = ({ does, outcome, notBefore }: Mended): string => {
  const what = visible(does);
  if (outcome === 'planned') return `would ${what}`;
  if (outcome === 'done') return `done: ${what}`;
  return `not yet: ${what}; AWS IoT lets it happen from ${new Date(notBefore ?? 0).toISOString()} on`;
};

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
