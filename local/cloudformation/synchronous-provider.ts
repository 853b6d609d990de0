import type { Properties, ResourceContext, ResourceProvider, ResourceState } from './resource-provider.ts';

/** A provider whose service answers at once. */
export interface SynchronousProvider {
  readonly type: string;
  readonly createOnly: readonly string[];
  create(properties: Properties, context: ResourceContext): ResourceState;
  update(state: ResourceState, change: { readonly from: Properties; readonly to: Properties }, context: ResourceContext): ResourceState;
  delete(state: ResourceState, properties: Properties, context: ResourceContext): void;
}

/** Makes what a synchronous provider throws into rejections. */
export const synchronousProvider = (provider: SynchronousProvider): ResourceProvider => ({
  type: provider.type,
  createOnly: provider.createOnly,
  create: (...args) => settle(() => provider.create(...args)),
  update: (...args) => settle(() => provider.update(...args)),
  delete: (...args) =>
    settle(() => {
      provider.delete(...args);
    }),
});

const settle = <Result>(act: () => Result): Promise<Result> =>
  new Promise((resolve) => {
    resolve(act());
  });
