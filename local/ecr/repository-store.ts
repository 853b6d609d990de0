import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';

export interface Repository {
  readonly repositoryName: string;
  readonly arn: string;
  readonly uri: string;
  readonly createdAtMs: number;
  /** As the template gave them. */
  settings: Readonly<Record<string, unknown>>;
}

/** Repositories for container images. They hold none: nothing here pushes images. */
export class RepositoryStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #repositories = new Map<string, Repository>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  create(repositoryName: string, settings: Readonly<Record<string, unknown>>): Repository {
    if (!/^(?=.{2,256}$)[a-z0-9]+([._/-][a-z0-9]+)*$/.test(repositoryName)) {
      throw new AwsError(
        'InvalidParameterException',
        `Invalid parameter at 'repositoryName' failed to satisfy constraint: '${repositoryName}'`,
      );
    }
    if (this.#repositories.has(repositoryName)) {
      const message = `The repository with name '${repositoryName}' already exists in the registry with id '${this.#account.accountId}'`;
      throw new AwsError('RepositoryAlreadyExistsException', message);
    }
    const repository = {
      repositoryName,
      arn: arnOf(this.#account, 'ecr', `repository/${repositoryName}`),
      uri: `${this.#account.accountId}.dkr.ecr.${this.#account.region}.amazonaws.com/${repositoryName}`,
      createdAtMs: this.#clock.now(),
      settings,
    };
    this.#repositories.set(repositoryName, repository);
    return repository;
  }

  find(repositoryName: string): Repository | undefined {
    return this.#repositories.get(repositoryName);
  }

  list(): readonly Repository[] {
    return [...this.#repositories.values()];
  }

  delete(repositoryName: string): void {
    this.#repositories.delete(repositoryName);
  }
}
