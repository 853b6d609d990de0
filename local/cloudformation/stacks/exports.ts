import { AwsError } from '../../aws-error.ts';
import { validationError } from '../template/validation-error.ts';
import type { Stack, StackOutput } from './stack.ts';
import type { StackStore } from './stack-store.ts';

export interface Export {
  readonly name: string;
  readonly value: string;
  readonly stack: Stack;
}

/** Why a stack fails that imports what nobody exports. */
export const missingExport = (name: string): AwsError => validationError(`No export named ${name} found`);

/** Values that stacks export to each other (User Guide, "Get exported outputs from a deployed CloudFormation stack"). */
export class Exports {
  readonly #stacks: StackStore;

  constructor(stacks: StackStore) {
    this.#stacks = stacks;
  }

  list(): readonly Export[] {
    return this.#stacks
      .living()
      .flatMap((stack) =>
        stack.outputs.flatMap(({ exportName, value }) => (exportName === undefined ? [] : [{ name: exportName, value, stack }])),
      );
  }

  importersOf(name: string): readonly Stack[] {
    return this.#stacks.living().filter(({ imports }) => imports.has(name));
  }

  find(name: string): string | undefined {
    return this.list().find((one) => one.name === name)?.value;
  }

  valueOf(name: string): string {
    const value = this.find(name);
    if (value === undefined) throw missingExport(name);
    return value;
  }

  /** Refuses outputs that take a name of another stack, or that drop or change an export in use. */
  checkOutputs(stack: Stack, outputs: readonly StackOutput[]): void {
    const wanted = new Map(outputs.flatMap(({ exportName, value }) => (exportName === undefined ? [] : [[exportName, value] as const])));
    for (const { name, stack: owner, value } of this.list()) {
      if (owner !== stack && wanted.has(name)) {
        throw new AwsError(
          'ValidationError',
          `Export with name ${name} is already exported by stack ${owner.stackName}. Rule: Exports must be unique per region.`,
        );
      }
      if (owner === stack && wanted.get(name) !== value) this.#checkUnused(name, wanted.has(name) ? 'updated' : 'deleted');
    }
  }

  /** Refuses to delete a stack whose exports others use. */
  checkDeletable(stack: Stack): void {
    this.checkOutputs(stack, []);
  }

  #checkUnused(name: string, verb: 'updated' | 'deleted'): void {
    const importers = this.importersOf(name).map(({ stackName }) => stackName);
    if (importers.length > 0) throw validationError(`Export ${name} cannot be ${verb} as it is in use by ${importers.join(', ')}`);
  }
}
