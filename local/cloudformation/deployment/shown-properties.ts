import { AwsError } from '../../aws-error.ts';
import { isJsonObject } from '../../json-object.ts';
import { resolveIntrinsics } from '../intrinsics/resolve-intrinsics.ts';
import type { Scope } from '../intrinsics/scope.ts';
import type { Properties } from '../resource-provider.ts';
import { masked } from '../template/resolve-parameters.ts';
import type { TemplateFacts } from './template-scope.ts';

/** The same facts as anybody may see them. */
export const withMaskedSecrets = (facts: TemplateFacts): TemplateFacts => ({ ...facts, parameters: masked(facts.parameters) });

/** Properties resolved in a scope without secrets. Nothing is shown where a function cannot do with a mask, e.g. selects from it. */
export const shownProperties = (properties: Properties, scope: Scope): Properties => {
  try {
    const shown = resolveIntrinsics(properties, scope);
    return isJsonObject(shown) ? shown : {};
  } catch (thrown) {
    if (thrown instanceof AwsError) return {};
    throw thrown;
  }
};
