import type { TLSSocket } from 'node:tls';
import type { Account } from './account.ts';
import type { Entrance, UnsignedRoute } from './gateway/account-entrance.ts';
import type { Caller } from './gateway/api-service.ts';
import type { KeyLookup } from './gateway/caller-directory.ts';
import type { CredentialScope } from './gateway/credential-scope.ts';
import type { ApiAnswer } from './gateway/request-interceptor.ts';
import type { UnsignedRequest } from './gateway/unsigned-request.ts';
import type { EndpointPort, EndpointTenant } from './iot/endpoint/device-endpoint.ts';
import type { ClosedAccount, LocalAccount } from './local-account.ts';
import type { WiredServices } from './wire-services.ts';

/** The route for an unsigned request by its path, if there is one. */
export type FindUnsigned = (path: string) => UnsignedRoute | undefined;

/** An account whose services can be replaced by new ones, behind the same ports and for the same administrator's key. */
export class ResettableAccount implements Entrance, EndpointTenant {
  readonly account: Account;
  readonly #create: () => ClosedAccount;
  readonly #beside: FindUnsigned;
  readonly #sockets = new Set<TLSSocket>();
  #current: ClosedAccount;
  #opened: { readonly endpoint: string; readonly credentials: LocalAccount['credentials'] } | undefined;

  /** `beside` finds what answers unsigned requests for every account alike, such as the control endpoint. */
  constructor(account: Account, create: () => ClosedAccount, beside: FindUnsigned) {
    this.account = account;
    this.#create = create;
    this.#beside = beside;
    this.#current = create();
  }

  get services(): WiredServices {
    return this.#current.services;
  }

  open(endpoint: string): LocalAccount {
    const { account, environment, credentials } = this.#current.open(endpoint);
    this.#opened = { endpoint, credentials };
    const present = (): WiredServices => this.services;
    return {
      ...{ account, environment, credentials },
      get services() {
        return present();
      },
    };
  }

  /** Forgets everything but the administrator's key: connections are cut, and functions end wherever they are. */
  async reset(): Promise<void> {
    const { services } = this.#current;
    services.eventBridge.stop();
    services.cloudTrail.stop();
    services.cloudWatch.stop();
    services.iot.close();
    for (const socket of this.#sockets) socket.destroy();
    const { caHolders } = services.iot.registry;
    for (const [authority, holder] of caHolders) if (holder === this.account.accountId) caHolders.delete(authority);
    this.#current = this.#create();
    if (this.#opened !== undefined) this.#current.open(this.#opened.endpoint, this.#opened.credentials);
    await services.lambda.stop();
    await services.dynamodb.stop();
  }

  find(accessKeyId: string, sessionToken: string | undefined): KeyLookup {
    return this.#current.entrance.find(accessKeyId, sessionToken);
  }

  unsignedRoute(path: string): UnsignedRoute | undefined {
    return this.#beside(path) ?? this.#current.entrance.unsignedRoute(path);
  }

  addressedRoute(request: UnsignedRequest): ReturnType<Entrance['addressedRoute']> {
    return this.#current.entrance.addressedRoute(request);
  }

  authenticate(request: UnsignedRequest, scope: CredentialScope): Caller {
    return this.#current.entrance.authenticate(request, scope);
  }

  answer(request: UnsignedRequest, scope: CredentialScope): Promise<ApiAnswer> {
    return this.#current.entrance.answer(request, scope);
  }

  isEndpoint(serverName: string): boolean {
    return this.services.iot.isEndpoint(serverName);
  }

  securityPolicies(): ReadonlyMap<string, string> {
    return this.services.iot.securityPolicies();
  }

  accept(socket: TLSSocket, port: EndpointPort): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    this.services.iot.accept(socket, port);
  }
}
