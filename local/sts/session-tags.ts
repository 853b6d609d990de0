import { AwsError } from '../aws-error.ts';
import type { CallerSession } from '../gateway/api-service.ts';

export interface SessionTagInput {
  readonly tags: ReadonlyMap<string, string>;
  readonly transitiveKeys: readonly string[];
}

/**
 * The tags of a new session: those of the role, over them those it is given, over them those that the session before
 * hands on (IAM User Guide, "Pass session tags in AWS STS", "Chaining roles with session tags").
 */
export const sessionTags = (
  roleTags: ReadonlyMap<string, string>,
  { tags, transitiveKeys }: SessionTagInput,
  previous: CallerSession | undefined,
): Pick<CallerSession, 'tags' | 'transitiveTagKeys'> => {
  const inherited = new Map([...(previous?.tags ?? [])].filter(([key]) => previous?.transitiveTagKeys.includes(key) === true));
  const overridden = [...tags.keys()].find((key) => inherited.has(key));
  if (overridden !== undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: ${overridden}`,
    );
  return { tags: new Map([...roleTags, ...tags, ...inherited]), transitiveTagKeys: [...inherited.keys(), ...transitiveKeys] };
};
