import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { claimsCloseCommand } from './claims/close.ts';
import { claimsCreateCommand } from './claims/create.ts';
import { claimsListCommand } from './claims/list.ts';
import { claimsRotateCommand } from './claims/rotate.ts';
import { claimsShowCommand } from './claims/show.ts';
import { claimsUnsealCommand } from './claims/unseal.ts';

/** `muster claims`: the credentials of batches. */
export const claimsCommand = (context: CommandContext): Command =>
  new Command('claims')
    .description('The credentials with which batches of devices start onboarding.')
    .addCommand(claimsCreateCommand(context))
    .addCommand(claimsListCommand(context))
    .addCommand(claimsShowCommand(context))
    .addCommand(claimsCloseCommand(context))
    .addCommand(claimsRotateCommand(context))
    .addCommand(claimsUnsealCommand(context));
