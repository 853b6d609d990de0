import { type Check, type Finding, note, ok } from './check.ts';
import { look } from './look.ts';

const CONNECTS = 'Connect requests per second per account';
const ADMISSIONS = 'RegisterThing API TPS';

/** The hook answers within a second, but for the worst of cold starts. */
const SECONDS_OF_A_CALL = 1;

/** How fast devices can come in, and whether the hook keeps up. */
export const iotQuotas: Check = {
  name: 'iot-quotas',
  phases: ['before', 'after'],
  run: ({ account, configuration }) =>
    look('the quotas of AWS IoT', async () => {
      const quotas = await account.iotQuotas();
      return [
        ...rateOf(quotas.get(CONNECTS), 'connections a second; a device takes two to come in'),
        ...rateOf(quotas.get(ADMISSIONS), 'devices a second can come in'),
        ...hookKeepsUp(quotas.get(ADMISSIONS), configuration.reservedConcurrency.preProvisioningHook),
      ];
    }),
};

const rateOf = (value: number | undefined, what: string): readonly Finding[] => (value === undefined ? [] : [ok(`${value} ${what}`)]);

const hookKeepsUp = (rate: number | undefined, reserved: number | undefined): readonly Finding[] =>
  rate === undefined || reserved === undefined || reserved >= rate * SECONDS_OF_A_CALL
    ? []
    : [
        note(
          `the hook has ${reserved} concurrent calls to itself, and AWS IoT can ask it ${rate} times a second`,
          'A call that finds no room is a device that is refused, and tries again.',
          `Set reservedConcurrency.preProvisioningHook to ${Math.ceil(rate * SECONDS_OF_A_CALL)} or more, or leave it out.`,
        ),
      ];
