/** Properties of a resource after intrinsic functions were resolved. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a provider says of a resource that exists. */
export interface ResourceState {
  /** What `Ref` answers. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` answers, by attribute name (`Arn`, `Endpoint.Address`, …). */
  readonly attributes: Properties;
  /** The attributes are shown to nobody: a custom resource answered `NoEcho`. */
  readonly isSecret?: boolean;
}

export interface ResourceContext {
  readonly logicalId: string;
  /** The type that the template names; differs from the provider's for `Custom::*`. */
  readonly resourceType?: string;
  readonly stackName: string;
  readonly stackId: string;
  /** A name for a resource whose template gives none: `<stack>-<logical id>-<random>`, at most `maxLength` long. */
  generateName(maxLength: number): string;
}

/**
 * How one CloudFormation resource type is made, changed and removed. A provider calls its service's own operations in
 * process, so that CloudFormation is refused wherever an SDK call would be.
 */
export interface ResourceProvider {
  /** e.g. `AWS::IoT::Policy`. */
  readonly type: string;
  /** Properties whose change means a new resource; the old one is deleted in the clean-up phase. */
  readonly createOnly: readonly string[];
  create(properties: Properties, context: ResourceContext): Promise<ResourceState>;
  /** Throws where AWS refuses an update before it touches the resource, so that there is nothing to roll back. */
  checkUpdate?(change: { readonly from: Properties; readonly to: Properties }): void;
  /** Called only when no create-only property changed. */
  update(
    state: ResourceState,
    change: { readonly from: Properties; readonly to: Properties },
    context: ResourceContext,
  ): Promise<ResourceState>;
  /** Succeeds when the resource is already gone. */
  delete(state: ResourceState, properties: Properties, context: ResourceContext): Promise<void>;
  /** Those of its properties that can be read, as they are now; undefined when the resource is gone. For drift. */
  readonly read?: (state: ResourceState, properties: Properties) => Promise<Properties | undefined>;
}
