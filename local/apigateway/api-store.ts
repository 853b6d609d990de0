import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { ApiSettings, HttpApi } from './http-api.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

export const newId = (length: number): string => [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');

export const notFound = (what: string): AwsError => new AwsError('NotFoundException', `Invalid ${what} specified`, { status: 404 });

export const badRequest = (message: string): AwsError => new AwsError('BadRequestException', message);

export const conflict = (message: string): AwsError => new AwsError('ConflictException', message, { status: 409 });

/** The HTTP APIs of one account and region. */
export class ApiStore {
  readonly #apis = new Map<string, HttpApi>();

  add(settings: ApiSettings, createdAtMs: number): HttpApi {
    const api: HttpApi = {
      ...{ apiId: newId(10), createdAtMs, settings, routes: new Map(), integrations: new Map() },
      ...{ authorizers: new Map(), deployments: new Map(), stages: new Map() },
    };
    this.#apis.set(api.apiId, api);
    return api;
  }

  list(): readonly HttpApi[] {
    return [...this.#apis.values()];
  }

  find(apiId: string): HttpApi | undefined {
    return this.#apis.get(apiId);
  }

  get(apiId: string): HttpApi {
    const api = this.#apis.get(apiId);
    if (api === undefined) throw notFound(`API identifier ${apiId}`);
    return api;
  }

  remove(apiId: string): void {
    this.get(apiId);
    this.#apis.delete(apiId);
  }
}
