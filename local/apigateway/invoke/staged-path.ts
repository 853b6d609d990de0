import type { HttpApi, Routing, Stage } from '../http-api.ts';

/** A request's path within a stage, and what the stage makes of it. */
export interface StagedPath {
  readonly stage: Stage;
  readonly routing: Routing;
  /** Without the stage. */
  readonly path: string;
}

const within = (api: HttpApi, stage: Stage, path: string): StagedPath | undefined => {
  const routing = stage.autoDeploy ? api : api.deployments.get(stage.deploymentId ?? '');
  return routing === undefined ? undefined : { stage, routing, path };
};

/** A stage is the first segment of the path, but `$default`, which has all paths that no other has (Developer Guide, "Stages for HTTP APIs"). */
export const stagedPath = (api: HttpApi, path: string): StagedPath | undefined => {
  const [, first = '', ...rest] = path.split('/');
  const named = api.stages.get(first);
  if (named !== undefined && first !== '$default') return within(api, named, `/${rest.join('/')}`);
  const fallback = api.stages.get('$default');
  return fallback === undefined ? undefined : within(api, fallback, path);
};
