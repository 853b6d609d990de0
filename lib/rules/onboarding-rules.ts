import type { Configuration } from '../../domain/configuration.ts';
import { claimReach } from './policy/claim-reach.ts';
import { connectClientId } from './policy/connect-client-id.ts';
import { policyGrammar } from './policy/grammar.ts';
import { groupLimit } from './policy/group-limit.ts';
import { knownActions } from './policy/known-actions.ts';
import { knownVariables } from './policy/known-variables.ts';
import { policySize } from './policy/size.ts';
import { topicRoots } from './policy/topic-roots.ts';
import { wildcardResource } from './policy/wildcard-resource.ts';
import type { Rule } from './rule.ts';
import { templateGrammar } from './template/grammar.ts';
import { hookPermission } from './template/hook-permission.ts';
import { templateHook } from './template/hook.ts';
import { templateIdentity } from './template/identity.ts';
import { justInTimeProvisioning } from './template/just-in-time.ts';
import { templateParameters } from './template/parameters.ts';
import { templateSize } from './template/size.ts';

/** Every rule of ours, for a deployment of this configuration. */
export const onboardingRules = (configuration: Configuration): readonly Rule[] => [
  policyGrammar,
  policySize,
  knownActions,
  knownVariables,
  wildcardResource,
  connectClientId(configuration),
  claimReach,
  topicRoots(configuration),
  groupLimit,
  templateSize,
  templateGrammar,
  templateParameters,
  templateIdentity,
  templateHook,
  hookPermission,
  justInTimeProvisioning,
];
