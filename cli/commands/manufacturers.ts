import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { manufacturersAddCommand } from './manufacturers/add.ts';
import { manufacturersDistrustCaCommand } from './manufacturers/distrust-ca.ts';
import { manufacturersListCommand, manufacturersShowCommand } from './manufacturers/list.ts';
import { manufacturersRemoveCommand } from './manufacturers/remove.ts';
import { manufacturersTrustCaCommand } from './manufacturers/trust-ca.ts';

/** `muster manufacturers`: whose signatures under manifests count, and whose CAs name devices. */
export const manufacturersCommand = (context: CommandContext): Command =>
  new Command('manufacturers')
    .description('Those who make the devices, and sign which ones there are.')
    .addCommand(manufacturersAddCommand(context))
    .addCommand(manufacturersListCommand(context))
    .addCommand(manufacturersShowCommand(context))
    .addCommand(manufacturersRemoveCommand(context))
    .addCommand(manufacturersTrustCaCommand(context))
    .addCommand(manufacturersDistrustCaCommand(context));
