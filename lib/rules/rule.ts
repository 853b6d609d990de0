/** A resource of a synthesized template, its pseudo parameters filled in. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Finding {
  readonly logicalId: string;
  /** What, got, allowed, fix. */
  readonly message: string;
}

/** Judges one stack. What it says is acknowledged, if it must be, as `Muster::<name>` with a reason. */
export interface Rule {
  /** In kebab-case, after what must not be. */
  readonly name: string;
  /** Why it must not be. */
  readonly why: string;
  readonly check: (resources: readonly TemplateResource[]) => readonly Finding[];
}

/** A mistake, said so that it can be mended without reading the rule. */
export interface Mistake {
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

const sentence = ({ got, allowed, fix }: Mistake): string => `got ${got}; allowed is ${allowed}; fix: ${fix}`;

/** A rule that judges each resource of one type by itself. */
export const ruleFor = (
  type: string,
  { name, why }: Pick<Rule, 'name' | 'why'>,
  check: (resource: TemplateResource) => readonly Mistake[],
): Rule => ({
  name,
  why,
  check: (resources) =>
    resources
      .filter((resource) => resource.type === type)
      .flatMap((resource) => check(resource).map((mistake) => ({ logicalId: resource.logicalId, message: sentence(mistake) }))),
});
