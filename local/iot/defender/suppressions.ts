import type { CheckName } from './audit-checks.data.ts';
import { isNamedBy, type ResourceIdentifier } from './audit-finding.ts';

/** What a check would find of a resource, and nobody wants to be told. */
export interface Suppression {
  readonly checkName: CheckName;
  readonly resourceIdentifier: ResourceIdentifier;
  /** Milliseconds since the epoch; undefined for one that never ends. */
  readonly expiresAt: number | undefined;
  readonly description: string | undefined;
  readonly token: string | undefined;
}

const keyOf = (checkName: string, resource: ResourceIdentifier): string =>
  JSON.stringify([checkName, Object.entries(resource).toSorted(([one], [other]) => (one < other ? -1 : 1))]);

/** The suppressions of one account, each named by its check and its resource. */
export class Suppressions {
  readonly #all = new Map<string, Suppression>();

  get(checkName: string, resource: ResourceIdentifier): Suppression | undefined {
    return this.#all.get(keyOf(checkName, resource));
  }

  set(suppression: Suppression): void {
    this.#all.set(keyOf(suppression.checkName, suppression.resourceIdentifier), suppression);
  }

  delete(checkName: string, resource: ResourceIdentifier): void {
    this.#all.delete(keyOf(checkName, resource));
  }

  all(): readonly Suppression[] {
    return [...this.#all.values()];
  }

  hides(checkName: CheckName, resource: ResourceIdentifier, now: number): boolean {
    return this.all().some(
      (one) => one.checkName === checkName && (one.expiresAt ?? Infinity) > now && isNamedBy(resource, one.resourceIdentifier),
    );
  }
}
