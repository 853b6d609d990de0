import type * as z from 'zod';
import type { apiInput, authorizerInput, integrationInput, routeInput, stageInput } from './input-schemas.ts';

export type ApiSettings = Omit<z.output<typeof apiInput>, 'protocolType' | 'routeSelectionExpression'>;
/** Where a route leads: a Lambda function, called with payload format 2.0. */
export type Integration = z.output<typeof integrationInput>;
/** A route key is `$default`, or a method or `ANY` with a path, e.g. `GET /pets/{id}`. */
export type Route = z.output<typeof routeInput>;
export type Authorizer = z.output<typeof authorizerInput>;
/** With `autoDeploy` changes of routes reach callers at once; otherwise by deployments only. */
export type Stage = z.output<typeof stageInput>;

/** What callers meet: routes with what they lead to, each by its id. */
export interface Routing {
  readonly routes: ReadonlyMap<string, Route>;
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
}

/** A routing that does not change any more. */
export interface Deployment extends Routing {
  readonly description: string | undefined;
  readonly createdAtMs: number;
}

/** An HTTP API with everything in it, each by its id; stages by name. */
export interface HttpApi extends Routing {
  readonly apiId: string;
  readonly createdAtMs: number;
  settings: ApiSettings;
  readonly routes: Map<string, Route>;
  readonly integrations: Map<string, Integration>;
  readonly authorizers: Map<string, Authorizer>;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}
