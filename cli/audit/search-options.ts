import { type Command, Option } from 'commander';
import * as z from 'zod/mini';
import { auditCodes } from '../../domain/audit-event.ts';
import { auditSearched } from '../../domain/operations/audit-search.ts';
import { reasonCodes } from '../../domain/reason-code.ts';
import { parseSince } from './since.ts';

/** What the audit log is searched by, as it is given on a command line. */
export const searchOptions = {
  since: z.string(),
  until: z.exactOptional(z.string()),
  id: auditSearched.id,
  code: auditSearched.code,
  reason: auditSearched.reason,
  serial: auditSearched.serialNumber,
  thing: auditSearched.thingName,
  certificate: auditSearched.certificateId,
  ca: auditSearched.vendorCaId,
  line: auditSearched.line,
  tenant: auditSearched.tenant,
  claim: auditSearched.claim,
  actor: auditSearched.actor,
  correlation: auditSearched.correlationId,
};

type SearchOptions = z.infer<z.ZodMiniObject<typeof searchOptions>>;

/** Tells a command what the audit log can be searched by. */
export const withSearchOptions = (command: Command): Command =>
  command
    .option('--since <when>', 'logged from there on: a duration (1h) or a time in UTC', '1d')
    .option('--until <when>', 'logged before that')
    .option('--id <id>', 'only this event')
    .addOption(new Option('--code <code>', 'only these events').choices(auditCodes))
    .addOption(new Option('--reason <reason>', 'only refused for this reason').choices(reasonCodes))
    .option('--serial <serial>', 'only of this device')
    .option('--thing <name>', 'only of this thing')
    .option('--certificate <id>', 'only about this certificate')
    .option('--ca <id>', 'only of devices that came with a certificate of this vendor CA')
    .option('--line <line>', 'only of this line')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--claim <name>', 'only of this claim')
    .option('--actor <who>', 'only caused by them: an ARN or the last part of one, or the name of a service')
    .option('--correlation <id>', 'only of this attempt or connection');

/** What is to be searched for, as the operation takes it. */
export const searchFor = ({ since, until, serial, thing, certificate, ca, correlation, ...same }: SearchOptions, now: number) => ({
  since: parseSince(since, now),
  ...(until === undefined ? {} : { until: parseSince(until, now, '--until') }),
  ...same,
  ...(serial === undefined ? {} : { serialNumber: serial }),
  ...(thing === undefined ? {} : { thingName: thing }),
  ...(certificate === undefined ? {} : { certificateId: certificate }),
  ...(ca === undefined ? {} : { vendorCaId: ca }),
  ...(correlation === undefined ? {} : { correlationId: correlation }),
});
