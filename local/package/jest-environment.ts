import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import type { LocalAws } from '../main.ts';

/** A local AWS for each test file: `localAws` is a global there, and the variables of the AWS SDK lead to it. */
export default class LocalAwsEnvironment extends TestEnvironment {
  readonly #options: Readonly<Record<string, unknown>>;
  #aws: LocalAws | undefined;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.#options = config.projectConfig.testEnvironmentOptions;
  }

  override async setup(): Promise<void> {
    await super.setup();
    const { startLocalAws } = await import('./index.ts');
    this.#aws = await startLocalAws(this.#options);
    this.global['localAws'] = this.#aws;
    Object.assign(this.global.process.env, this.#aws.environment);
  }

  override async teardown(): Promise<void> {
    await this.#aws?.stop();
    await super.teardown();
  }
}
