import type { ObjectReader } from '../s3/object-reader.ts';
import type { DeploymentServices } from './deployment/deployment-context.ts';
import type { StackStore } from './stacks/stack-store.ts';
import type { ReadSsmParameter } from './template/resolve-parameters.ts';

/** What the operations work on. */
export interface CloudFormationContext {
  readonly services: DeploymentServices;
  readonly stacks: StackStore;
  readonly readObject: ObjectReader;
  readonly readSsm: ReadSsmParameter;
  /** Whether a role exists and trusts `cloudformation.amazonaws.com`. */
  readonly isServiceRole: (roleArn: string) => boolean;
  /** Does work in the name of a stack's role. */
  readonly actAsRole: <Result>(roleArn: string, work: () => Result) => Result;
  /** Takes on work that goes on after the answer. */
  readonly background: BackgroundWork;
}

/** Deployments under way. */
export class BackgroundWork {
  readonly #running = new Set<Promise<unknown>>();

  start(work: Promise<unknown>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }
}
