import { Command, Option } from 'commander';
import type { OperationsClient } from '../domain/operations-client.ts';
import type { CommandContext } from './command-context.ts';
import { auditCommand } from './commands/audit.ts';
import { claimsCommand } from './commands/claims.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { devicesApproveCommand } from './commands/devices/approve.ts';
import { devicesDecommissionCommand } from './commands/devices/decommission.ts';
import { devicesImportCommand } from './commands/devices/import.ts';
import { devicesListCommand } from './commands/devices/list.ts';
import { devicesQuarantineCommand } from './commands/devices/quarantine.ts';
import { devicesRecoverCommand } from './commands/devices/recover.ts';
import { devicesReleaseCommand } from './commands/devices/release.ts';
import { devicesResolveCommand } from './commands/devices/resolve.ts';
import { devicesRevokeCommand } from './commands/devices/revoke.ts';
import { devicesRotateCommand } from './commands/devices/rotate.ts';
import { devicesShowCommand } from './commands/devices/show.ts';
import { devicesTransferCommand } from './commands/devices/transfer.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { keysCommand } from './commands/keys.ts';
import { manufacturersCommand } from './commands/manufacturers.ts';
import { rotationCommand } from './commands/rotation.ts';
import { type LocalPorts, localCommand, type RunningLocalAws } from './commands/local.ts';

export interface ProgramContext extends Omit<CommandContext, 'client' | 'commandLine'> {
  /** Finds the deployment; `scope` is the one to act in, and undefined means whichever opens. */
  readonly openClient: (scope: string | undefined) => Promise<OperationsClient>;
}

const NOTES = `
The deployment is that of muster.config.json, or of the file that MUSTER_CONFIG names, in the account of your AWS credentials.
Exit codes: 0 done, 1 refused or not possible, 2 wrong usage, 3 waiting for a second person, 4 not as it was sealed (audit verify), 130 interrupted.`;

/** Every command of `muster`. */
export const createProgram = (
  { openClient, ...context }: ProgramContext,
  startLocal: (ports: LocalPorts) => Promise<RunningLocalAws>,
): Command => {
  const program = new Command('muster')
    .description("Secure onboarding for IoT device fleets on AWS: the operator's commands.")
    .addOption(new Option('--as <scope>', 'the scope to act in, before or after the command; else whichever opens').env('MUSTER_SCOPE'))
    .addHelpText('after', NOTES);
  const client = once(() => openClient(scopeOf(program)));
  const commandLine = () => ['muster', ...program.args].map(quoted).join(' ');
  return settled(withCommands(program, { ...context, client, commandLine }, startLocal));
};

const withCommands = (program: Command, context: CommandContext, startLocal: (ports: LocalPorts) => Promise<RunningLocalAws>): Command =>
  program
    .addCommand(initCommand(context).helpGroup('Set up:'))
    .addCommand(doctorCommand(context).helpGroup('Set up:'))
    .addCommand(completionCommand(context).helpGroup('Set up:'))
    .addCommand(
      completeCommand(context, () => program),
      { hidden: true },
    )
    .addCommand(manufacturersCommand(context).helpGroup('Onboard:'))
    .addCommand(claimsCommand(context).helpGroup('Onboard:'))
    .addCommand(keysCommand(context).helpGroup('Onboard:'))
    .addCommand(
      new Command('devices')
        .helpGroup('Onboard:')
        .description('The devices that there are.')
        .addCommand(devicesImportCommand(context))
        .addCommand(devicesListCommand(context))
        .addCommand(devicesShowCommand(context))
        .addCommand(devicesApproveCommand(context))
        .addCommand(devicesResolveCommand(context))
        .addCommand(devicesReleaseCommand(context))
        .addCommand(devicesQuarantineCommand(context))
        .addCommand(devicesRecoverCommand(context))
        .addCommand(devicesRevokeCommand(context))
        .addCommand(devicesRotateCommand(context))
        .addCommand(devicesTransferCommand(context))
        .addCommand(devicesDecommissionCommand(context)),
    )
    .addCommand(rotationCommand(context).helpGroup('Onboard:'))
    .addCommand(explainCommand(context).helpGroup('Look into it:'))
    .addCommand(auditCommand(context).helpGroup('Look into it:'))
    .addHelpCommand(new Command('help').argument('[command]').description('Shows what a command takes.').helpGroup('Look into it:'))
    .addCommand(localCommand(context, startLocal).helpGroup('Try it out:'));

/** Ends with an error instead of the process, and shows what goes for every command where its help is shown. */
const settled = (command: Command): Command => {
  for (const inner of command.commands) settled(inner);
  return command.exitOverride().configureHelp({ showGlobalOptions: true });
};

// For a POSIX shell, which leaves these characters alone.
const quoted = (word: string): string => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const scopeOf = (program: Command): string | undefined => {
  const { as } = program.opts<{ as?: string }>();
  return as;
};

const once = <Result>(make: () => Promise<Result>): (() => Promise<Result>) => {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
};
