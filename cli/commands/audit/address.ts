import { Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { type AddressFinding, findAddress } from '../../audit/find-address.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { visible } from '../../output/visible-text.ts';

const options = z.object({ eventId: z.string(), json: z.boolean() });

const HELP = `
Addresses stand outside of history, for ninety days. That you asked is on record.
Exit codes: 0 when the event carries the digest of the address, 1 when there is no address or no event to check it by, 2 when the command
line is wrong, 4 when the event carries another digest, or its address is gone before its time.`;

/** `muster audit address`: where a connection came from. */
export const auditAddressCommand = ({ client, terminal, setExitCode }: CommandContext): Command =>
  new Command('address')
    .description('Tells where the connection of an event came from, as long as that is kept, and checks it by the digest in the event.')
    .argument('<event>', 'the id of the event')
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (wanted: string, raw: object) => {
      const { eventId, json } = readOptions(options, { ...raw, eventId: wanted });
      const finding = await findAddress(await client(), eventId, Date.now());
      const { text, code } = told(finding);
      if (json) terminal.out(plainJson({ eventId, ...finding }));
      else if (finding.outcome === 'address') terminal.out(visible(finding.address));
      if (!json || code !== exitCodes.done) terminal.error(text);
      setExitCode(code);
    });

const instantOf = (at: number): string => new Date(at).toISOString();

const told = (finding: AddressFinding): { readonly text: string; readonly code: number } => {
  switch (finding.outcome) {
    case 'address':
      return toldOf(finding.isOfEvent, instantOf(finding.until));
    case 'no-event':
      return { text: 'No event of that id is in the log, and no address is kept for it.', code: exitCodes.failed };
    case 'no-address':
      return { text: 'The event carries no address: nothing connected.', code: exitCodes.failed };
    case 'forgotten':
      return { text: `The ninety days are over: the address was forgotten on ${instantOf(finding.until)}.`, code: exitCodes.failed };
    case 'missing':
      return { text: `The address is not there, though it is to be kept until ${instantOf(finding.until)}.`, code: exitCodes.broken };
  }
};

const toldOf = (isOfEvent: boolean | 'unknown', until: string) => {
  if (isOfEvent === 'unknown')
    return { text: 'Not checked: the event is not in the log; "muster audit prove" finds what is sealed.', code: exitCodes.failed };
  return isOfEvent
    ? { text: `The event carries the digest of this address, which is kept until ${until}.`, code: exitCodes.done }
    : { text: 'This is not the address of the event: the event carries another digest.', code: exitCodes.broken };
};
