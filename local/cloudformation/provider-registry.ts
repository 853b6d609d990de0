import type { ResourceProvider } from './resource-provider.ts';
import { validationError } from './template/validation-error.ts';

const customType = 'AWS::CloudFormation::CustomResource';

/** The resource types that can be deployed. */
export class ProviderRegistry {
  readonly #providers = new Map<string, ResourceProvider>();

  register(...providers: readonly ResourceProvider[]): void {
    for (const provider of providers) this.#providers.set(provider.type, provider);
  }

  find(type: string): ResourceProvider | undefined {
    return this.#providers.get(type.startsWith('Custom::') ? customType : type);
  }

  get(type: string): ResourceProvider {
    const provider = this.find(type);
    if (provider === undefined) throw validationError(`Template format error: Unrecognized resource types: [${type}]`);
    return provider;
  }

  types(): readonly string[] {
    return [...this.#providers.keys()].sort();
  }
}
