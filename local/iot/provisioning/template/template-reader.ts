import type { AwsError } from '../../../aws-error.ts';
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import type { IotBehaviour } from '../../behaviour/behaviour.ts';
import { invalidRequest } from '../../refusals.ts';

/** A place in a template, such as `Resources.thing.Properties`, and the rules by which it is read. */
export class Place {
  readonly behaviour: IotBehaviour;
  readonly #path: string;

  constructor(behaviour: IotBehaviour, path = '') {
    this.behaviour = behaviour;
    this.#path = path;
  }

  /** A member of the object or an item of the list that stands here. */
  at(key: string | number): Place {
    const next = typeof key === 'number' ? `${this.#path}[${key}]` : `${this.#path}.${key}`;
    return new Place(this.behaviour, this.#path === '' ? String(key) : next);
  }

  /** A refusal of what stands here. */
  refuse(what: string): AwsError {
    return invalidRequest(`The provisioning template is not valid at ${this.#path === '' ? 'its top level' : this.#path}: ${what}.`);
  }
}

export function readObject(value: unknown, place: Place): JsonObject {
  if (!isJsonObject(value)) throw place.refuse('expected an object');
  return value;
}

/** An object that has no members but those allowed. */
export function readRecord(value: unknown, place: Place, allowed: readonly string[]): JsonObject {
  const object = readObject(value, place);
  const stranger = Object.keys(object).find((key) => !allowed.includes(key));
  if (stranger !== undefined) throw place.refuse(`"${stranger}" is not allowed here; allowed are ${allowed.join(', ')}`);
  return object;
}

/** A member of the object's own. */
export const own = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

export function readString(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw place.refuse('expected a string');
  return value;
}

/** Reads every member of an object with `read`; an absent object has none. */
export function readMap<Value>(value: unknown, place: Place, read: (value: unknown, place: Place) => Value): ReadonlyMap<string, Value> {
  const entries = Object.entries(value === undefined ? {} : readObject(value, place));
  return new Map(entries.map(([key, member]) => [key, read(member, place.at(key))]));
}
