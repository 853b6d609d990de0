import type { Properties, ResourceProvider } from './resource-provider.ts';

export interface AttachedPolicyOptions {
  /** e.g. `AWS::SQS::QueuePolicy`. */
  readonly type: string;
  /** Refuses properties that the type does not have. */
  readonly read: (properties: Properties) => { readonly policyDocument: string; readonly targets: readonly string[] };
  readonly put: (target: string, policyDocument: string) => Promise<unknown>;
  /** Leaves a target without a policy; one that is gone is fine. */
  readonly remove: (target: string) => Promise<unknown>;
}

/** A resource that puts one policy on several others, each of which has one at most. */
export const attachedPolicyProvider = ({ type, read, put, remove }: AttachedPolicyOptions): ResourceProvider => {
  const putOnAll = async (properties: Properties): Promise<void> => {
    const { policyDocument, targets } = read(properties);
    for (const target of targets) await put(target, policyDocument);
  };
  const removeFrom = async (targets: readonly string[]): Promise<void> => {
    for (const target of targets) await remove(target);
  };
  return {
    type,
    createOnly: [],
    create: async (properties, context) => {
      await putOnAll(properties);
      return { physicalId: context.generateName(128), attributes: {} };
    },
    update: async (state, { from, to }) => {
      const kept = new Set(read(to).targets);
      await removeFrom(read(from).targets.filter((target) => !kept.has(target)));
      await putOnAll(to);
      return state;
    },
    delete: (_state, properties) => removeFrom(read(properties).targets),
  };
};
