import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { manufacturersAddCommand } from './manufacturers-add.ts';
import { manufacturersListCommand, manufacturersShowCommand } from './manufacturers-list.ts';
import { manufacturersRemoveCommand } from './manufacturers-remove.ts';

/** `muster manufacturers`: whose signatures under manifests count. */
export const manufacturersCommand = (context: CommandContext): Command =>
  new Command('manufacturers')
    .description('Those who make the devices, and sign which ones there are.')
    .addCommand(manufacturersAddCommand(context))
    .addCommand(manufacturersListCommand(context))
    .addCommand(manufacturersShowCommand(context))
    .addCommand(manufacturersRemoveCommand(context));
