import { AwsError } from '../aws-error.ts';

type Described = Readonly<Record<string, unknown>>;

/** A work group as it was described. */
export interface WorkGroup {
  readonly Name: string;
  readonly State: 'ENABLED' | 'DISABLED';
  readonly Description?: string | undefined;
  readonly Configuration: Described;
  /** Seconds since the epoch. */
  readonly CreationTime: number;
}

/** A saved query. */
export interface NamedQuery {
  readonly NamedQueryId: string;
  readonly Name: string;
  readonly Database: string;
  readonly QueryString: string;
  readonly WorkGroup: string;
  readonly Description?: string | undefined;
}

export const refusal = 'InvalidRequestException';

/** The group that every account begins with. */
export const PRIMARY = 'primary';

/** The work groups of an account and what is saved in them. Nothing is ever run. */
export class WorkGroups {
  readonly #groups = new Map<string, WorkGroup>();
  readonly #queries = new Map<string, NamedQuery>();

  constructor() {
    this.#groups.set(PRIMARY, { Name: PRIMARY, State: 'ENABLED', Configuration: {}, CreationTime: 0 });
  }

  get(name: string): WorkGroup {
    const group = this.#groups.get(name);
    if (group === undefined) throw new AwsError(refusal, `WorkGroup ${name} is not found.`);
    return group;
  }

  add(group: WorkGroup): void {
    if (this.#groups.has(group.Name)) throw new AwsError(refusal, 'WorkGroup is already created');
    this.#groups.set(group.Name, group);
  }

  change(group: WorkGroup): void {
    this.#groups.set(this.get(group.Name).Name, group);
  }

  /** `isRecursive`: with what is saved in it; else a group that has anything is not deleted. */
  delete(name: string, isRecursive: boolean): void {
    if (name === PRIMARY) throw new AwsError(refusal, 'The primary WorkGroup cannot be deleted.');
    this.get(name);
    const saved = [...this.#queries.values()].filter(({ WorkGroup: group }) => group === name);
    if (saved.length > 0 && !isRecursive) throw new AwsError(refusal, `WorkGroup ${name} is not empty`);
    for (const { NamedQueryId } of saved) this.#queries.delete(NamedQueryId);
    this.#groups.delete(name);
  }

  query(id: string): NamedQuery {
    const query = this.#queries.get(id);
    if (query === undefined) throw new AwsError(refusal, `NamedQuery ${id} was not found`);
    return query;
  }

  save(query: NamedQuery): void {
    this.get(query.WorkGroup);
    this.#queries.set(query.NamedQueryId, query);
  }

  forget(id: string): void {
    this.query(id);
    this.#queries.delete(id);
  }
}
