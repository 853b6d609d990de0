import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import type { ForeignEndpoints } from './foreign-endpoint.ts';
import { endpointVariables, parseEndpoints } from './foreign-endpoint.ts';
import { ForeignService } from './foreign-service.ts';

/** The services of an account that were handed to other endpoints. */
export class Handoff {
  /** `AWS_ENDPOINT_URL_<SERVICE>` for programs and functions. */
  readonly variables: Readonly<Record<string, string>>;
  readonly #services: ReadonlyMap<string, ForeignService>;

  /** Throws an `Error` for a name that is no service's. */
  constructor(endpoints: ForeignEndpoints, owner: { readonly account: Account; readonly clock: Clock }) {
    const parsed = parseEndpoints(endpoints);
    this.variables = endpointVariables(parsed);
    this.#services = new Map([...parsed].map(([service, endpoint]) => [service, new ForeignService(service, endpoint, owner)]));
  }

  find(service: string): ForeignService | undefined {
    return this.#services.get(service);
  }

  /** The foreign service's interface where one was handed over, else the service's own. */
  replace(api: ApiService): ApiService {
    return this.#of(api)?.api ?? api;
  }

  /** What can be deployed to a service, wherever it is. */
  guard(api: ApiService, providers: readonly ResourceProvider[]): readonly ResourceProvider[] {
    const foreign = this.#of(api);
    return foreign === undefined ? providers : providers.map((provider) => foreign.guard(provider));
  }

  #of({ signingNames }: ApiService): ForeignService | undefined {
    return signingNames.map((name) => this.#services.get(name)).find((service) => service !== undefined);
  }
}
