import type { TLSSocket } from 'node:tls';
import type { Account } from './account.ts';
import type { Entrance, UnsignedRoute } from './gateway/account-entrance.ts';
import type { KeyLookup } from './gateway/caller-directory.ts';
import type { CredentialScope } from './gateway/credential-scope.ts';
import type { ApiAnswer } from './gateway/request-interceptor.ts';
import type { UnsignedRequest } from './gateway/unsigned-request.ts';
import type { EndpointTenant } from './iot/endpoint/data-endpoint.ts';
import type { ClosedAccount, LocalAccount } from './local-account.ts';
import type { WiredServices } from './wire-services.ts';

/** An account whose services can be replaced by new ones, behind the same ports and for the same administrator's key. */
export class ResettableAccount implements Entrance, EndpointTenant {
  readonly account: Account;
  readonly #create: () => ClosedAccount;
  readonly #sockets = new Set<TLSSocket>();
  #current: ClosedAccount;
  #opened: { readonly endpoint: string; readonly credentials: LocalAccount['credentials'] } | undefined;

  constructor(account: Account, create: () => ClosedAccount) {
    this.account = account;
    this.#create = create;
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
    services.iot.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#current = this.#create();
    if (this.#opened !== undefined) this.#current.open(this.#opened.endpoint, this.#opened.credentials);
    await services.lambda.stop();
    await services.dynamodb.stop();
  }

  find(accessKeyId: string, sessionToken: string | undefined): KeyLookup {
    return this.#current.entrance.find(accessKeyId, sessionToken);
  }

  unsignedRoute(path: string): UnsignedRoute | undefined {
    return this.#current.entrance.unsignedRoute(path);
  }

  answer(request: UnsignedRequest, scope: CredentialScope): Promise<ApiAnswer> {
    return this.#current.entrance.answer(request, scope);
  }

  isEndpoint(serverName: string): boolean {
    return this.services.iot.isEndpoint(serverName);
  }

  accept(socket: TLSSocket, usesAlpn: boolean): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    this.services.iot.accept(socket, usesAlpn);
  }
}
