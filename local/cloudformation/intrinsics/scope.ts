/** What intrinsic functions may ask of the deployment that they are resolved for. Each throws `AwsError` for a name that is not there. */
export interface Scope {
  /** Pseudo parameters (but `AWS::NoValue`), parameters and resources. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(name: string, topKey: string, secondKey: string): unknown;
  importValue(exportName: string): unknown;
  /** `{{resolve:<service>:<reference>}}`; absent where dynamic references stay as they are. */
  dynamicReference?(service: string, reference: string): string;
  readonly region: string;
}

/** The absence that `{ Ref: 'AWS::NoValue' }` stands for: properties and list items of this value are left out. */
export const noValue = Symbol('AWS::NoValue');
