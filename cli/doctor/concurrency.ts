import { type Check, type Finding, note, ok, problem } from './check.ts';
import { look } from './look.ts';

/** Lambda keeps so many for functions that reserve none (Lambda Developer Guide, "Configuring reserved concurrency"). */
const KEPT_BACK = 100;
/** An account that is younger than its first traffic has 10. */
const LITTLE = 100;

const RAISE = 'Ask for a higher quota "Concurrent executions" of AWS Lambda, or lower reservedConcurrency.';

/** Whether the functions get the concurrency that they are to have to themselves. */
export const concurrency: Check = {
  name: 'concurrency',
  phases: ['before'],
  run: ({ account, configuration }) =>
    look('the concurrency of functions', async () => {
      const wanted = Object.values(configuration.reservedConcurrency).reduce<number>((sum, reserved) => sum + (reserved ?? 0), 0);
      const { total, unreserved } = await account.concurrency();
      return judge({ wanted, total, unreserved });
    }),
};

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
