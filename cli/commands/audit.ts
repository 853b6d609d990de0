import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { auditAddressCommand } from './audit/address.ts';
import { auditDownloadCommand } from './audit/download.ts';
import { auditExportCommand } from './audit/export.ts';
import { auditProveCommand } from './audit/prove.ts';
import { auditRedriveCommand } from './audit/redrive.ts';
import { auditSearchCommand } from './audit/search.ts';
import { auditTailCommand } from './audit/tail.ts';
import { auditVerifyCommand } from './audit/verify.ts';

/** `muster audit`: what is on record. */
export const auditCommand = (context: CommandContext): Command =>
  new Command('audit')
    .description('What is on record.')
    .addCommand(auditTailCommand(context))
    .addCommand(auditSearchCommand(context))
    .addCommand(auditExportCommand(context))
    .addCommand(auditAddressCommand(context))
    .addCommand(auditVerifyCommand(context))
    .addCommand(auditProveCommand(context))
    .addCommand(auditDownloadCommand(context))
    .addCommand(auditRedriveCommand(context));
