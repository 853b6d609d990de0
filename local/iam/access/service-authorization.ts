import type { Account } from '../../account.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import type { DenialStyle } from './access-denial.ts';
import type { AccessRequest, ConditionValues, ResourcePolicies } from './access-request.ts';
import { serviceActions } from './actions.data.ts';
import type { VariableReader } from './derive-resources.ts';
import { resourceDeriver } from './derive-resources.ts';
import { requestTags } from './request-tags.ts';
import { resourcesOfAction } from './service-actions.ts';

/** What an operation asks of IAM, given its input; not yet validated. */
export type AccessMapping = (input: OperationInput) => readonly AccessRequest[];

export interface ServiceAuthorizationOptions {
  readonly account: Account;
  /** The service's prefix in IAM, e.g. `dynamodb`. */
  readonly prefix: string;
  /** Where the input carries what the variables of the service's ARNs stand for, by variable in small letters. */
  readonly variables?: Readonly<Record<string, VariableReader>>;
  /** Operations that ask for something else than the action of their own name on the resources that they name. */
  readonly operations?: Readonly<Record<string, AccessMapping>>;
  /** Resources of operations whose input names them in a way of its own, by operation. */
  readonly resources?: Readonly<Record<string, (input: OperationInput) => readonly string[]>>;
  readonly policiesOf?: (resourceArn: string) => ResourcePolicies | undefined;
  /** Condition keys of the service, e.g. `aws:ResourceTag/<key>`. */
  readonly contextOf?: (resourceArn: string, input: OperationInput) => ConditionValues;
  readonly denial?: DenialStyle;
}

/** What IAM has to allow for each operation of one service. */
export interface ServiceAuthorization {
  readonly account: Account;
  /** The service's prefix in IAM. */
  readonly prefix: string;
  readonly denial: DenialStyle;
  /** Undefined for an operation that nobody said what it needs. */
  mappingOf(operation: string): AccessMapping | undefined;
}

const withoutContext = ({ action, resource, ownerId }: AccessRequest): AccessRequest =>
  ownerId === undefined ? { action, resource } : { action, resource, ownerId };

const defaultDenial: DenialStyle = { code: 'AccessDeniedException', status: 403 };

/** Derives what operations ask of IAM from the Service Authorization Reference, and takes the exceptions from the service. */
export const serviceAuthorization = (options: ServiceAuthorizationOptions): ServiceAuthorization => {
  const { account, prefix, variables = {}, operations = {}, resources = {}, policiesOf, contextOf, denial = defaultDenial } = options;
  const actions = serviceActions[prefix] ?? { actions: {}, resources: {} };

  const complete =
    (mapping: AccessMapping): AccessMapping =>
    (input) =>
      mapping(input).map((request) => ({
        ...withoutContext(request),
        // Gathered when a policy has conditions, which most have not.
        get context() {
          return { ...requestTags(input), ...contextOf?.(request.resource, input), ...request.context };
        },
        policies: request.policies ?? policiesOf?.(request.resource),
      }));

  const derived = (operation: string): AccessMapping | undefined => {
    const types = resourcesOfAction(actions, operation);
    if (types === undefined) return undefined;
    const action = `${prefix}:${operation}`;
    const named = Object.hasOwn(resources, operation) ? resources[operation] : undefined;
    const derive = resourceDeriver(types, { account, variables });
    return (input) => {
      const arns = named?.(input) ?? derive(input);
      return arns.map((resource) => ({ action, resource }));
    };
  };

  return {
    account,
    prefix,
    denial,
    mappingOf: (operation) => {
      const mapping = Object.hasOwn(operations, operation) ? operations[operation] : derived(operation);
      return mapping === undefined ? undefined : complete(mapping);
    },
  };
};
