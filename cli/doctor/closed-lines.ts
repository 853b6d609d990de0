import type { ClaimView } from '../../domain/operations/claim-view.ts';
import { devicesList, MAX_LISTED } from '../../domain/operations/devices-list.ts';
import { type Check, type DoctorContext, type Finding, note, ok } from './check.ts';
import { look, lookAtEach } from './look.ts';
import { readClaims } from './read-claims.ts';

/** What is left in the lines that are closed, and which of them may go. */
export const closedLines: Check = {
  name: 'closed-lines',
  phases: ['after'],
  run: (context) =>
    look('closed lines', async () => {
      const closed = context.configuration.lines.filter(({ closed }) => closed).map(({ name }) => name);
      if (closed.length === 0) return [ok('no line is closed')];
      const claims = (await readClaims(context, false)).filter(({ state }) => state === 'open');
      return lookAtEach(closed, (line) => ({ at: `the closed line "${line}"`, findings: () => examine(context, line, claims) }));
    }),
};

type Line = DoctorContext['configuration']['lines'][number]['name'];

const examine = async (context: DoctorContext, line: Line, claims: readonly ClaimView[]): Promise<readonly Finding[]> => {
  const serial = await someDeviceOf(context, line);
  const found = [
    ...(serial === undefined ? [] : [inhabited(line, serial)]),
    ...claims.filter((claim) => claim.line === line).map((claim) => unclosed(line, claim)),
  ];
  return found.length > 0 ? found : [ok(`the line "${line}" is closed and empty: it can be taken out of the configuration`)];
};

const inhabited = (line: Line, serial: string): Finding =>
  note(
    `the line "${line}" is closed, and has devices, "${serial}" for one`,
    'They stay, and nobody new comes in. It cannot be taken out of the configuration as long as they are there.',
    `If it is to go, decommission them: muster devices list --line ${line}`,
  );

const unclosed = (line: Line, { name }: ClaimView): Finding =>
  note(
    `the claim "${name}" of the closed line "${line}" is open`,
    'Only devices that are in already come by it.',
    `muster claims close ${name}`,
  );

const someDeviceOf = async ({ operations }: DoctorContext, line: Line): Promise<string | undefined> => {
  const client = await operations();
  let after: string | undefined;
  do {
    const page = await client.call(devicesList, { line, limit: MAX_LISTED, ...(after === undefined ? {} : { after }) });
    const found = page.devices.find(({ state }) => state !== 'decommissioned');
    if (found !== undefined) return found.serialNumber;
    after = page.next;
  } while (after !== undefined);
  return undefined;
};
