import { AwsError } from '../../aws-error.ts';
import type { Properties } from '../resource-provider.ts';

/** What an operation answers of a resource, as properties; undefined when it refuses with one of the codes that mean that there is none. */
export const readLive = async (
  answer: Promise<object>,
  goneCodes: readonly string[],
  propertiesOf: (output: object) => Properties,
): Promise<Properties | undefined> => {
  try {
    return propertiesOf(await answer);
  } catch (thrown) {
    if (thrown instanceof AwsError && goneCodes.includes(thrown.code)) return undefined;
    throw thrown;
  }
};
