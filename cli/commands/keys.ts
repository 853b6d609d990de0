import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { keysIssueCommand } from './keys/issue.ts';
import { keysUnsealCommand } from './keys/unseal.ts';

/** `muster keys`: the keys of devices that prove themselves with one (PSK). */
export const keysCommand = (context: CommandContext): Command =>
  new Command('keys')
    .description('The keys of devices that hold no certificate (PSK).')
    .addCommand(keysIssueCommand(context))
    .addCommand(keysUnsealCommand(context));
