import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { claimsCloseCommand } from './commands/claims-close.ts';
import { claimsCreateCommand } from './commands/claims-create.ts';
import { devicesImportCommand } from './commands/devices-import.ts';
import { devicesShowCommand } from './commands/devices-show.ts';
import { type LocalPorts, localCommand, type RunningLocalAws } from './commands/local.ts';

/** Every command of `muster`. */
export const createProgram = (context: CommandContext, startLocal: (ports: LocalPorts) => Promise<RunningLocalAws>): Command =>
  new Command('muster')
    .description("Secure onboarding for IoT device fleets on AWS: the operator's commands.")
    .addHelpText(
      'after',
      '\nThe deployment is that of muster.config.json, or of the file that MUSTER_CONFIG names, in the account of your AWS credentials.',
    )
    .addCommand(
      new Command('claims')
        .description('The credentials with which batches of devices start onboarding.')
        .addCommand(claimsCreateCommand(context))
        .addCommand(claimsCloseCommand(context)),
    )
    .addCommand(
      new Command('devices')
        .description('The devices that there are.')
        .addCommand(devicesImportCommand(context))
        .addCommand(devicesShowCommand(context)),
    )
    .addCommand(localCommand(context, startLocal));
