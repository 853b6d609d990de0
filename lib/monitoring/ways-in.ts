import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LineName } from '../../domain/identifiers.ts';

/** A function that decides who comes in. */
export interface Door {
  /** Names its alarms. */
  readonly name: string;
  readonly function: IFunction;
}

/** What approaches open, each for itself, and is watched as one. */
export class WaysIn {
  readonly #doors: Door[] = [];
  readonly #lines: LineName[] = [];

  get doors(): readonly Door[] {
    return this.#doors;
  }

  /** Those whose devices come by claim. */
  get lines(): readonly LineName[] {
    return this.#lines;
  }

  door(name: string): IFunction | undefined {
    return this.#doors.find((door) => door.name === name)?.function;
  }

  addDoor(name: string, door: IFunction): void {
    this.#doors.push({ name, function: door });
  }

  addLine(name: LineName): void {
    this.#lines.push(name);
  }
}
