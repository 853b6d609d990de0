import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { ApiGatewayDependencies } from '../apigateway-dependencies.ts';
import { newId, notFound } from '../api-store.ts';
import { patched } from './patched.ts';
import type { HttpApi } from '../http-api.ts';

/** One kind of things that an API has, e.g. its routes. */
export interface ApiPart<Settings extends object> {
  /** What the reference calls it, e.g. `Route`. */
  readonly name: string;
  /** Its id among the members, e.g. `routeId`. */
  readonly idMember: string;
  readonly schema: z.ZodType<Settings>;
  readonly collectionOf: (api: HttpApi) => Map<string, Settings>;
  /** Chooses the id of a new one; by default it is random. */
  readonly idOf?: (settings: Settings) => string;
  /** Throws `AwsError` for what does not fit what the API has. `id` is its own when it is changed. */
  readonly check?: (api: HttpApi, settings: Settings, id: string | undefined) => void;
  /** Throws `AwsError` while something of the API needs it. */
  readonly checkRemoval?: (api: HttpApi, id: string) => void;
}

const refusal = 'BadRequestException';

interface PartOperations {
  readonly create: Operation;
  readonly get: Operation;
  readonly list: Operation;
  readonly update: Operation;
  readonly remove: Operation;
}

/** The five operations that every part of an API has (apigatewayv2 reference, `/v2/apis/{apiId}/…`). */
export const partOperations = <Settings extends object>({ apis }: ApiGatewayDependencies, part: ApiPart<Settings>): PartOperations => {
  const apiInput = z.object({ apiId: z.string() });
  const describe = (id: string, settings: Settings): object => ({ ...settings, [part.idMember]: id });

  const locate = (members: Readonly<Record<string, unknown>>) => {
    const api = apis.get(parseInput(apiInput, members, refusal).apiId);
    const id = String(members[part.idMember]);
    const settings = part.collectionOf(api).get(id);
    if (settings === undefined) throw notFound(`${part.name} identifier ${id}`);
    return { api, id, settings };
  };

  return {
    create: ({ apiId, ...members }) => {
      const settings = parseInput(part.schema, members, refusal);
      const api = apis.get(parseInput(apiInput, { apiId }, refusal).apiId);
      part.check?.(api, settings, undefined);
      const id = part.idOf?.(settings) ?? newId(7);
      part.collectionOf(api).set(id, settings);
      return describe(id, settings);
    },
    get: (members) => {
      const { id, settings } = locate(members);
      return describe(id, settings);
    },
    list: (members) => {
      const api = apis.get(parseInput(apiInput, members, refusal).apiId);
      return { items: [...part.collectionOf(api)].map(([id, settings]) => describe(id, settings)) };
    },
    update: (members) => {
      const { api, id, settings: old } = locate(members);
      const changes = Object.fromEntries(Object.entries(members).filter(([name]) => name !== 'apiId' && name !== part.idMember));
      const settings = parseInput(part.schema, patched(old, changes), refusal);
      part.check?.(api, settings, id);
      part.collectionOf(api).set(id, settings);
      return describe(id, settings);
    },
    remove: (members) => {
      const { api, id } = locate(members);
      part.checkRemoval?.(api, id);
      part.collectionOf(api).delete(id);
      return undefined;
    },
  };
};
