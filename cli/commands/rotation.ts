import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { rotationHaltCommand } from './rotation/halt.ts';
import { rotationResumeCommand } from './rotation/resume.ts';
import { rotationShowCommand } from './rotation/show.ts';
import { rotationStartCommand } from './rotation/start.ts';

/** `muster rotation`: how credentials are replaced. */
export const rotationCommand = (context: CommandContext): Command =>
  new Command('rotation')
    .description('How the credentials of a line are replaced.')
    .addCommand(rotationShowCommand(context))
    .addCommand(rotationStartCommand(context))
    .addCommand(rotationHaltCommand(context))
    .addCommand(rotationResumeCommand(context));
