import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { Configuration } from '../domain/configuration.ts';
import { OnboardingChecks } from './rules/onboarding-checks.ts';
import { onboardingRules } from './rules/onboarding-rules.ts';

/**
 * What every synth must pass, beside the CDK's own validator (`@aws-cdk/core:validateAgainstDefaultRules` in cdk.json): two
 * packs of general practice, and our own, because neither knows AWS IoT. Any finding fails the synth.
 */
export const addChecks = (app: App, configuration: Configuration): void => {
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new ServerlessChecks(app),
    new OnboardingChecks(onboardingRules(configuration)),
  );
};
