import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { EnvironmentPool } from '../worker/environment-pool.ts';
import type { FunctionUrl } from '../urls/function-url.ts';
import type { CodePackage } from './code-store.ts';
import type { FunctionConfiguration } from './function-configuration.ts';

/** What runs under a version number, or under `$LATEST`. */
export interface FunctionVersion {
  readonly version: string;
  readonly configuration: FunctionConfiguration;
  readonly code: CodePackage;
  readonly lastModifiedMs: number;
  readonly revisionId: string;
  readonly pool: EnvironmentPool;
}

export interface Alias {
  readonly name: string;
  readonly functionVersion: string;
  readonly description: string;
  readonly revisionId: string;
}

/** One statement of a function's policy, as `AddPermission` made it. */
export interface Permission {
  readonly sid: string;
  /** As JSON, the way AWS shows it. */
  readonly statement: object;
  readonly document: PolicyDocument;
}

/** Makes the pool of a new version; the function's name does not change. */
export type MakePool = (version: Omit<FunctionVersion, 'pool'>) => EnvironmentPool;

/** A function with its versions, aliases and resource policies. */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly tags = new Map<string, string>();
  readonly aliases = new Map<string, Alias>();
  /** By the alias that it leads to; the empty one leads to the function itself. */
  readonly urls = new Map<string, FunctionUrl>();
  /** Settings of asynchronous invocation by qualifier; stored. */
  readonly eventInvokeConfigs = new Map<string, object>();
  /** Invocations at once; undefined without a reservation. */
  reservedConcurrency: number | undefined;
  /** Invocations under way now. */
  running = 0;
  latest: FunctionVersion;
  readonly #makePool: MakePool;
  readonly #versions = new Map<string, FunctionVersion>();
  /** By qualifier; the empty one is the unqualified function. */
  readonly #policies = new Map<string, readonly Permission[]>();
  #lastNumber = 0;

  constructor(
    identity: { readonly name: string; readonly arn: string },
    first: { readonly configuration: FunctionConfiguration; readonly code: CodePackage; readonly nowMs: number },
    makePool: MakePool,
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.#makePool = makePool;
    this.latest = this.#version('$LATEST', first.configuration, { code: first.code, nowMs: first.nowMs });
  }

  /** Replaces code, settings or both; environments of the old ones end. */
  change(change: { readonly configuration?: FunctionConfiguration; readonly code?: CodePackage; readonly nowMs: number }): void {
    const previous = this.latest;
    const code = change.code ?? previous.code;
    this.latest = this.#version('$LATEST', change.configuration ?? previous.configuration, { code, nowMs: change.nowMs });
    previous.pool.retire();
  }

  /** Publishes `$LATEST`; answers the last version when nothing changed since. */
  publish(nowMs: number, description: string | undefined): FunctionVersion {
    const { configuration, code } = this.latest;
    const last = this.#versions.get(String(this.#lastNumber));
    const wanted = { ...configuration, Description: description ?? configuration.Description };
    if (last?.code === code && JSON.stringify(last.configuration) === JSON.stringify(wanted)) return last;
    this.#lastNumber += 1;
    const published = this.#version(String(this.#lastNumber), wanted, { code, nowMs });
    this.#versions.set(published.version, published);
    return published;
  }

  versions(): readonly FunctionVersion[] {
    return [this.latest, ...this.#versions.values()];
  }

  /** As `resolve`, but undefined when there is none. */
  find(qualifier: string | undefined): FunctionVersion | undefined {
    const name = this.aliases.get(qualifier ?? '')?.functionVersion ?? qualifier;
    return name === undefined || name === '$LATEST' ? this.latest : this.#versions.get(name);
  }

  /** The version that a qualifier leads to, through an alias if it is one. */
  resolve(qualifier: string | undefined): FunctionVersion {
    const found = this.find(qualifier);
    if (found === undefined) throw this.#notFound(qualifier);
    return found;
  }

  requireQualifier(qualifier: string | undefined): void {
    this.resolve(qualifier);
  }

  removeVersion(version: string): void {
    if ([...this.aliases.values()].some((alias) => alias.functionVersion === version)) {
      throw new AwsError(
        'ResourceConflictException',
        `Unable to delete version because the following aliases reference it: ${this.#aliasesOf(version)}`,
        { status: 409 },
      );
    }
    this.#versions.get(version)?.pool.retire();
    this.#versions.delete(version);
  }

  retire(): void {
    for (const version of this.versions()) version.pool.retire();
  }

  policy(qualifier: string | undefined): readonly Permission[] {
    return this.#policies.get(qualifier ?? '') ?? [];
  }

  permit(qualifier: string | undefined, permission: Permission): void {
    const permissions = this.policy(qualifier);
    if (permissions.some(({ sid }) => sid === permission.sid)) {
      throw new AwsError(
        'ResourceConflictException',
        `The statement id (${permission.sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        { status: 409 },
      );
    }
    this.#policies.set(qualifier ?? '', [...permissions, permission]);
  }

  forbid(qualifier: string | undefined, sid: string): void {
    const permissions = this.policy(qualifier);
    const kept = permissions.filter((permission) => permission.sid !== sid);
    if (kept.length === permissions.length) {
      throw new AwsError('ResourceNotFoundException', `Statement ${sid} is not found in resource policy.`, { status: 404 });
    }
    this.#policies.set(qualifier ?? '', kept);
  }

  #version(version: string, configuration: FunctionConfiguration, { code, nowMs }: { code: CodePackage; nowMs: number }): FunctionVersion {
    const made = { version, configuration, code, lastModifiedMs: nowMs, revisionId: randomUUID() };
    return { ...made, pool: this.#makePool(made) };
  }

  #aliasesOf(version: string): string {
    return [...this.aliases.values()]
      .filter((alias) => alias.functionVersion === version)
      .map(({ name }) => name)
      .join(', ');
  }

  #notFound(qualifier: string | undefined): AwsError {
    return new AwsError('ResourceNotFoundException', `Function not found: ${this.arn}:${qualifier ?? '$LATEST'}`, { status: 404 });
  }
}
