import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { lineName, tenantName } from '../../../domain/identifiers.ts';
import { type ListedDevice, MAX_LISTED, devicesList, listedStates } from '../../../domain/operations/devices-list.ts';
import type { InputOf } from '../../../domain/operation.ts';
import type { CommandContext } from '../../command-context.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { rowPrinter } from '../../output/row-printer.ts';

const options = z.object({
  state: z.exactOptional(z.enum(listedStates)),
  line: z.exactOptional(lineName),
  tenant: z.exactOptional(tenantName),
  limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1))),
  after: z.exactOptional(z.string()),
  json: z.boolean(),
});

/** `muster devices list`: which devices there are, page by page as they are read. */
export const devicesListCommand = (context: CommandContext): Command =>
  new Command('list')
    .description('Lists devices, in no order. What waits for an operator is found at once; everything else by reading the whole table.')
    .addOption(new Option('--state <state>', 'only those').choices(listedStates))
    .option('--line <line>', 'only of this line')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--limit <count>', 'at most so many')
    .option('--after <place>', 'go on where an earlier list ended')
    .option('--json', 'print one JSON object for each device, and one with the place where a list ended', false)
    .action(async (raw: unknown) => {
      const { limit = Number.POSITIVE_INFINITY, json, ...filter } = readOptions(options, raw);
      const { count, next } = await list(context, { filter, limit, onDevice: json ? jsonPrinter(context) : tablePrinter(context) });
      if (next !== undefined && json) context.terminal.out(plainJson({ next }));
      else if (next !== undefined) context.terminal.error(`There are more: --after ${next}`);
      if (count === 0 && !json) context.terminal.error('There is no such device within your scope.');
    });

interface Listing {
  readonly filter: Omit<InputOf<typeof devicesList>, 'limit'>;
  readonly limit: number;
  readonly onDevice: (device: ListedDevice) => void;
}

const list = async (
  { client }: CommandContext,
  { filter, limit, onDevice }: Listing,
): Promise<{ count: number; next: string | undefined }> => {
  const operations = await client();
  let count = 0;
  let { after } = filter;
  do {
    const page = await operations.call(devicesList, { ...filter, ...given(after), limit: Math.min(MAX_LISTED, limit - count) });
    for (const device of page.devices) onDevice(device);
    count += page.devices.length;
    after = page.next;
  } while (after !== undefined && count < limit);
  return { count, next: after };
};

const given = (after: string | undefined) => (after === undefined ? {} : { after });

const jsonPrinter =
  ({ terminal }: CommandContext) =>
  (device: ListedDevice): void => {
    terminal.out(plainJson(device));
  };

const columns = [
  { title: 'LINE', width: 12 },
  { title: 'SERIAL', width: 24 },
  { title: 'TENANT', width: 12 },
  { title: 'STATE', width: 12 },
  { title: 'WAITS', width: 11 },
  { title: 'LAST EVENT', width: 0 },
];

const tablePrinter = ({ terminal }: CommandContext) => {
  const print = rowPrinter(columns, terminal.out);
  return ({ line, serialNumber, tenant, state, attention, lastEvent }: ListedDevice): void => {
    print([line, serialNumber, tenant, state, attention ?? '', `${new Date(lastEvent.at).toISOString()} ${lastEvent.code}`]);
  };
};
