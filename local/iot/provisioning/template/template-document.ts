import type { Expression, ListExpression } from './expression.ts';

/** What happens when a resource of the template exists already (DG:provision-template, "Override settings"). */
export type Override = 'DO_NOTHING' | 'REPLACE' | 'FAIL' | 'MERGE';

export interface ThingResource {
  readonly thingName: Expression;
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly thingTypeName: Expression | undefined;
  readonly thingGroups: ListExpression | undefined;
  readonly billingGroup: Expression | undefined;
  readonly overrides: { readonly attributes: Override; readonly thingTypeName: Override; readonly thingGroups: Override };
}

export interface CertificateResource {
  readonly certificateId: Expression;
  /** `ACTIVE` or `INACTIVE`, in any case. */
  readonly status: Expression;
  /** `EXCLUSIVE_THING` or `NON_EXCLUSIVE_THING`. */
  readonly thingPrincipalType: Expression;
}

export type PolicyResource =
  | { readonly kind: 'existing'; readonly policyName: Expression }
  /** JSON text that AWS IoT accepts as a policy. */
  | { readonly kind: 'document'; readonly policyDocument: string };

export interface ParameterDeclaration {
  readonly defaultValue: string | undefined;
}

/** A provisioning template whose text obeyed the grammar. */
export interface TemplateDocument {
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly mappings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>;
  readonly thing: ThingResource | undefined;
  readonly certificate: CertificateResource;
  readonly policies: readonly PolicyResource[];
  readonly deviceConfiguration: ReadonlyMap<string, Expression>;
}
