import { Command } from 'commander';
import * as z from 'zod/mini';
import { type ClaimName, type LineName, lineName } from '../../../domain/identifiers.ts';
import { claimsList } from '../../../domain/operations/claims-list.ts';
import type { ClaimView } from '../../../domain/operations/claim-view.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import type { CommandContext } from '../../command-context.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { claimTable } from '../../claims/show-claim.ts';

const options = z.object({ line: z.optional(lineName), all: z.boolean(), json: z.boolean() });

/** `muster claims list`: the claims that there are, with their use. */
export const claimsListCommand = ({ client, terminal }: CommandContext): Command =>
  new Command('list')
    .description('Lists the claims that are not closed, with their use and what was refused under them.')
    .option('--line <line>', 'of this product line only')
    .option('--all', 'closed ones too', false)
    .option('--json', 'print one JSON object', false)
    .action(async (raw: unknown) => {
      const { line, all, json } = readOptions(options, raw);
      const claims = await readAll(await client(), { all, ...(line === undefined ? {} : { line }) });
      if (json) terminal.out(plainJson({ claims }));
      else terminal.out(claims.length === 0 ? 'There are no claims. Create one with: muster claims create' : claimTable(claims));
    });

const readAll = async (
  client: OperationsClient,
  wanted: { readonly all: boolean; readonly line?: LineName },
): Promise<readonly ClaimView[]> => {
  const claims: ClaimView[] = [];
  let after: ClaimName | undefined;
  do {
    const page = await client.call(claimsList, { ...wanted, ...(after === undefined ? {} : { after }) });
    claims.push(...page.claims);
    after = page.next;
  } while (after !== undefined);
  return claims;
};
