import type { DoctorContext } from './check.ts';
import type { ClaimView } from '../../domain/operations/claim-view.ts';
import { claimsList } from '../../domain/operations/claims-list.ts';

/** Every claim within the scope, closed ones too if wanted. */
export const readClaims = async ({ operations }: DoctorContext, all: boolean): Promise<readonly ClaimView[]> => {
  const client = await operations();
  const found: ClaimView[] = [];
  let after: ClaimView['name'] | undefined;
  do {
    const page = await client.call(claimsList, { all, ...(after === undefined ? {} : { after }) });
    found.push(...page.claims);
    after = page.next;
  } while (after !== undefined);
  return found;
};
