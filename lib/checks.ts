import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import type { Configuration } from '../domain/configuration.ts';
import { nistExceptions } from './nist-exceptions.ts';
import { OnboardingChecks } from './rules/onboarding-checks.ts';
import { onboardingRules } from './rules/onboarding-rules.ts';

/**
 * What every synth must pass, beside the CDK's own validator (`@aws-cdk/core:validateAgainstDefaultRules` in cdk.json): three
 * packs of general practice, and our own, because none knows AWS IoT. Any finding fails the synth.
 */
export const addChecks = (app: App, configuration: Configuration): void => {
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new ServerlessChecks(app),
    new NIST80053R5Checks(app),
    new OnboardingChecks(onboardingRules(configuration)),
  );
  const exceptions = Object.entries(nistExceptions).map(([rule, reason]) => ({ id: `NIST.800.53.R5-${rule}`, reason }));
  Validations.of(app).acknowledge(...exceptions);
};
