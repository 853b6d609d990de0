import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { readTemplate } from './read-template.ts';
import type { Rule } from './rule.ts';

/**
 * Our own rule pack, for what no general one knows: AWS IoT. An exception is acknowledged where it is made, with its reason:
 * `Validations.of(construct).acknowledge({ id: 'Muster::<rule>', reason: '…' })`.
 */
export class OnboardingChecks implements IPolicyValidationPlugin {
  readonly name = 'Muster';
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = templatePaths.flatMap((templatePath) => {
      const resources = readTemplate(templatePath);
      return this.#rules.flatMap(({ name, why, check }) =>
        check(resources).map(({ logicalId, message }) => ({
          ruleName: name,
          description: `${why} Here: ${message}.`,
          severity: 'error',
          violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: ['Properties'] }],
        })),
      );
    });
    return { success: violations.length === 0, violations };
  }
}
