import * as z from 'zod/mini';
import type { Configuration } from '../../domain/configuration.ts';
import type { Prover } from '../../domain/prover.ts';
import { RECOVERY_CONCURRENCY } from '../../domain/recovery/recovery-connection.ts';
import { type Check, type Finding, note, ok, problem } from './check.ts';
import { look } from './look.ts';

/** Lambda keeps so many for functions that reserve none (Lambda Developer Guide, "Configuring reserved concurrency"). */
const KEPT_BACK = 100;
/** An account that is younger than its first traffic has 10. */
const LITTLE = 100;

const RAISE =
  'Ask for a higher quota "Concurrent executions" of AWS Lambda, or lower reservedConcurrency; of an approach, "shared" reserves none.';

/** Whether the functions get the concurrency that they are to have to themselves. */
export const concurrency: Check = {
  name: 'concurrency',
  phases: ['before'],
  run: ({ account, configuration }) =>
    look('the concurrency of functions', async () => {
      const wanted = [
        ...Object.values(configuration.reservedConcurrency),
        ...(await ofAuthorizers(configuration)),
        ...ofRecovery(configuration),
      ].reduce<number>((sum, reserved) => sum + (reserved ?? 0), 0);
      const { total, unreserved } = await account.concurrency();
      return judge({ wanted, total, unreserved });
    }),
};

const ofRecovery = ({ lines }: Configuration): readonly number[] =>
  lines.some(({ recovery }) => recovery === 'ticket') ? [RECOVERY_CONCURRENCY] : [];

// A setting of one name in all approaches whose devices an authorizer lets in; of one that is new, nothing is known.
const ofAuthorizers = async ({ lines, approaches }: Configuration): Promise<readonly number[]> => {
  // Loaded when it is needed: it brings what devices prove themselves with.
  const provers = new Map<string, Pick<Prover, 'entrance'>>(Object.entries(await import('../../device/approaches.ts')));
  const used = new Set(lines.flatMap((line) => line.approaches));
  return [...used]
    .filter((approach) => provers.get(approach)?.entrance === 'connection')
    .map((approach) => reservedBy(approaches[approach]));
};

const reservedBy = (settings: unknown): number => {
  const { reservedConcurrency } = z.safeParse(setting, settings).data ?? {};
  if (reservedConcurrency === 'shared') return 0;
  return reservedConcurrency ?? AUTHORIZER_CONCURRENCY;
};

const setting = z.object({ reservedConcurrency: z.optional(z.union([z.number(), z.literal('shared')])) });

/** What an authorizer reserves where its settings say nothing. */
const AUTHORIZER_CONCURRENCY = 20;

interface Concurrency {
  readonly wanted: number;
  readonly total: number;
  readonly unreserved: number;
}

const judge = ({ wanted, total, unreserved }: Concurrency): readonly Finding[] => {
  if (wanted > 0 && unreserved < wanted + KEPT_BACK) {
    const why = `The configuration reserves ${wanted}, ${unreserved} of ${total} are left, and Lambda keeps ${KEPT_BACK} back: the deployment would fail.`;
    return [problem('too little concurrency is left to reserve', why, RAISE)];
  }
  if (unreserved < LITTLE) {
    const why = 'When they are used up, by anybody in the account, the hook is not called and every device is refused.';
    return [note(`all functions of the account share ${unreserved} calls at a time`, why, RAISE)];
  }
  return [ok(`${unreserved} of ${total} concurrent calls are left, and the configuration reserves ${wanted}`)];
};
