export type PolicyVersion = '2008-10-17' | '2012-10-17';

/** Elements that not every kind of policy may have. */
export type PolicyElement = 'Id' | 'Principal' | 'NotPrincipal' | 'Resource' | 'NotResource';

/** What one kind of policy may say beyond the shape that all AWS policies share. */
export interface PolicyGrammar {
  /** Largest number of characters, white space not counted; absent where the service refuses long ones by itself. */
  readonly maxCharacters?: number;
  /** What `Version` may be; `undefined`: it may be absent, which means 2008-10-17. */
  readonly versions: readonly (PolicyVersion | undefined)[];
  /** A statement needs exactly one of `Principal` and `NotPrincipal` if any is named here, and so it is with resources. */
  readonly elements: readonly PolicyElement[];
  readonly hasUniqueSids: boolean;
  /** Whether the principal `*` also means AWS services, or only what `{"AWS": "*"}` means. */
  readonly anyoneIncludesServices: boolean;
  readonly ignoresActionCase: boolean;
  isSid(text: string): boolean;
  /** Whether it is an action that the policy may name, or a wildcard that covers at least one. */
  isAction(text: string): boolean;
  /** Whether it is `*` or an ARN pattern. */
  isResource(text: string): boolean;
  /** Whether `${name}` may be written. */
  isVariable(name: string): boolean;
  /** Whether a variable may be replaced by that value; if not, what holds the variable matches nothing. */
  readonly isSubstitutable: (value: string) => boolean;
  /** Whether conditions may use an operator of that name, with `IfExists` or without; all unless it says so. */
  isOperator?(name: string, isOptional: boolean): boolean;
  /** Whether conditions may name that key. */
  isConditionKey(key: string): boolean;
}

/** A spot in a policy that is being read. */
export interface Place {
  /** A path such as `Statement[0].Action`. */
  readonly where: string;
  readonly grammar: PolicyGrammar;
  /** Policy variables came with version 2012-10-17; before, `${…}` is text like any other (IAM: "Version"). */
  readonly hasVariables: boolean;
}
